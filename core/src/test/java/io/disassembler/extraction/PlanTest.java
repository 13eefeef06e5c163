package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Goal;
import io.disassembler.selection.Thresholds;
import io.disassembler.testing.Shared;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans as JSON (docs/plan.md), also as they were. */
class PlanTest {
  /** Made before plans had schema numbers: the goal is the text of a command. */
  private static final String FIRST_SCHEMA =
      """
      {"version":"0.1.0-SNAPSHOT",
      "model":"sha",
      "categories":["8","2"],
      "criterion":"reconstruction",
      "goal":"--keep-macs 0.5",
      "recovery":"ridge",
      "profile":"73d8d0cb6cbbeadb14438fcb50ab85e1f662f2205f4b86517909892e826ea797",
      "seed":1,
      "kept":{"convolution":"3-4,7,9,11-12,16,19,23,29,31-33,36,44,46,48,50,52-53,56-58,61",
      "convolution_1":"0-31",
      "convolution_2":"0-15",
      "convolution_3":"0-7",
      "getitem":"0-7",
      "getitem_12":"1-2,4-12,14,17-23,25,28-31",
      "getitem_15":"0-5,7-9,11,15-16,18-19,22-31",
      "getitem_18":"0,3-4,6-13,16-21,24-28,30-36,39-42,46,51,53,60-63",
      "getitem_21":"0,2-6,9-10,12,14-15,17-21,25-30,32-33,36-37,40,42-43,45-46,49-51,54-55,\
      59,61-63",
      "getitem_24":"1,3,9,12-13,19,23,26-27,31,34,37-38,41-42,44,49,51-54,59,62-64,66,69,72,\
      74,76-78,81,83,91,94-95,97,100,102,114,116,121-123,125-127",
      "getitem_27":"0-1,5,7-8,10-11,13,15-19,21,25,27,36,38,40-42,44-45,48,53-55,57,60,\
      63-64,67-69,72,76-77,79-80,84,87,90,92,96-97,100,102,108-109,111,113,116,121,124-125,\
      127",
      "getitem_3":"2-7",
      "getitem_30":"0,2-4,6-7,9,11-13,15,17,19-21,26-27,29-31,33-38,40-42,45-47,52-53,57-59,\
      61-63",
      "getitem_33":"0-3,7,9,11-15,18-26,28,31-33,36-43,46-51,53-60,62-63",
      "getitem_36":"0-1,3-6,10-11,14,16,20,22,24-25,28-29",
      "getitem_39":"0-5,7,9-10,13-17,19,21-29",
      "getitem_42":"3,5-8,10,12-13",
      "getitem_45":"0-15",
      "getitem_48":"0-2,5-7",
      "getitem_51":"0-4,6-7",
      "getitem_6":"0-1,3,6-7,9,11,13",
      "getitem_9":"0-15"}}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MACS | 0.5 | {"measure":"macs","share":0.5}
          PARAMETERS | 0.0001 | {"measure":"parameters","share":1.0E-4}
          """)
  void budgetsAreStoredAsMeasureAndShare(Budget.Measure measure, double share, String json) {
    assertStored(new Budget(measure, share), json);
  }

  @Test
  void thresholdsAreStoredByTheirNames() {
    assertStored(new Thresholds(0.2, 0.1), "{\"alpha\":0.2,\"beta\":0.1}");
  }

  private static void assertStored(Goal goal, String json) {
    Plan plan = plan(goal);
    assertThat(plan.toJson()).startsWith("{\"schema\":6,").contains("\"goal\":" + json);
    assertThat(Plan.fromJson(plan.toJson(), "plan")).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource({"macs, MACS, 0.5", "parameters, PARAMETERS, 1.0E-4"})
  void budgetsOfTheFirstSchemaAreUnderstood(String name, Budget.Measure measure, double share) {
    String old = FIRST_SCHEMA.replace("--keep-macs 0.5", "--keep-%s %s".formatted(name, share));

    assertThat(Plan.fromJson(old, "plan").goal()).isEqualTo(new Budget(measure, share));
  }

  @Test
  void thresholdsOfTheFirstSchemaAreUnderstood() {
    String old = FIRST_SCHEMA.replace("--keep-macs 0.5", "--alpha 0.25 --beta 0.0");

    assertThat(Plan.fromJson(old, "plan").goal()).isEqualTo(new Thresholds(0.25, 0));
  }

  @Test
  void aPlanOfTheFirstSchemaMakesTheSameNetwork() throws JsonProcessingException {
    Network network = OnnxReader.read(Shared.model("unet_b8.dynamo.dyn.onnx"));
    NetworkInput input = NetworkInput.of(network, new Size(64, 64));
    Anatomy anatomy = Anatomy.of(network, input.shapes());
    Profile profile = Profiles.random(anatomy, 3, 1);
    NetworkCard card = NetworkCard.unnamed(profile.header().categories().size());
    Plan old = Plan.fromJson(FIRST_SCHEMA, "old.json");
    Extraction extraction =
        new Extraction(anatomy, old.model(), card, profile, String.valueOf(old.profile()));

    Extraction.SubNetwork again = extraction.replay(old, "old.json", null);

    assertThat(KeptKernels.of(anatomy, again.selection()))
        .isEqualTo(
            JsonMapper.builder()
                .build()
                .convertValue(
                    JsonMapper.builder().build().readTree(FIRST_SCHEMA).get("kept"), Map.class));
    Extraction.SubNetwork made =
        extraction.extract(
            List.of(8, 2),
            new Extraction.Recipe(
                Criterion.RECONSTRUCTION,
                new Budget(Budget.Measure.MACS, 0.5),
                RecoveryMethod.RIDGE,
                null),
            again.selection(),
            null);
    assertThat(again.network().nodes()).isEqualTo(made.network().nodes());
    assertThat(again.network().weights()).isEqualTo(made.network().weights());
    assertThat(Plan.fromJson(again.network().metadata().getOrDefault(Plan.METADATA_KEY, ""), "sub"))
        .isEqualTo(old);
  }

  @Test
  void whatIsNoPlanIsRefused() {
    assertRefused("[]", "expected a JSON object");
    assertRefused("{\"schema\":3,\"version\":\"1\"}", "not a plan");
    assertRefused(FIRST_SCHEMA.replace("--keep-macs 0.5", "everything"), "goal: ");
    assertRefused(FIRST_SCHEMA.replace("--keep-macs 0.5", "--keep-macs 7.0"), "found 7.0");
  }

  @ParameterizedTest
  @CsvSource({"version", "model", "categories", "criterion", "goal", "recovery", "kept"})
  void aPlanWithoutAFieldIsRefused(String field) throws JsonProcessingException {
    ObjectNode plan =
        (ObjectNode) JsonMapper.builder().build().readTree(plan(new Thresholds(0.2, 0.1)).toJson());

    assertRefused(plan.putNull(field).toString(), "it has no " + field);
    plan.remove(field);
    assertRefused(plan.toString(), "it has no " + field);
  }

  @Test
  void nullsInsideAPlanAreRefused() {
    String plan = plan(new Thresholds(0.2, 0.1)).toJson();

    assertRefused(plan.replace("[\"car\"]", "[null]"), "one of its categories is null");
    assertRefused(plan.replace("\"0-3,7\"", "null"), "one of its kept is null");
  }

  @Test
  void plansOfNewerVersionsAreRefusedByName() {
    assertRefused(
        "{\"schema\":7,\"version\":\"9.1.0\"}", "has schema 7, expected up to 6", "(9.1.0)");
  }

  @Test
  void editedPlansAreToldFromSelectedOnes() {
    Plan plan = plan(new Budget(Budget.Measure.MACS, 0.5));
    Plan edited = Plan.fromJson(plan.toJson().replace("0-3,7", "0-2"), "edited.json");
    Cost full = new Cost(100, 1000);

    assertThat(plan.isEdited()).isFalse();
    assertThat(plan.stating(new Cost(10, 400), full)).isSameAs(plan);
    assertThat(Plan.fromJson(FIRST_SCHEMA, "old.json").isEdited()).isFalse();
    assertThat(edited.isEdited()).isTrue();
    Plan stated = edited.stating(new Cost(10, 400), full);
    assertThat(stated.goal()).isEqualTo(new Budget(Budget.Measure.MACS, 0.4));
    assertThat(stated.isEdited()).isTrue();
    assertThat(stated.kept()).isEqualTo(Map.of("conv", "0-2"));
    Plan again = Plan.fromJson(stated.toJson(), "again.json");
    assertThat(again).isEqualTo(stated);
    assertThat(again.stating(new Cost(10, 400), full)).isSameAs(again);
  }

  @Test
  void aGoalThatDoesNotSayWhatItMeasuresIsRefused() {
    String json = plan(new Budget(Budget.Measure.MACS, 0.5)).toJson();
    String without = json.replace("\"measure\":\"macs\",", "");

    assertThat(without).isNotEqualTo(json);
    assertRefused(without, "its goal does not say what is measured");
  }

  @Test
  void anUnknownRecoveryIsThePlansFaultAndNoSettings() {
    Plan plan = Plan.fromJson(FIRST_SCHEMA.replace("ridge", "magic"), "old.json");

    assertThatThrownBy(() -> plan.recoveryMethod("old.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("old.json: recovery 'magic'")
        .extracting(e -> ((InvalidInputException) e).settings())
        .isEqualTo(List.of());
  }

  private static void assertRefused(String json, String... parts) {
    assertThatThrownBy(() -> Plan.fromJson(json, "broken.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("broken.json")
        .hasMessageContainingAll(parts);
  }

  private static Plan plan(Goal goal) {
    return new Plan(
        "1.0",
        "sha",
        List.of("car"),
        "l1",
        goal,
        "none",
        null,
        null,
        0,
        Map.of("conv", "0-3,7"),
        null,
        null,
        null);
  }
}
