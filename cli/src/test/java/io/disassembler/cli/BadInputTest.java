package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input ends with one line that names the file and the cause, exit code 2, nothing written. */
class BadInputTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void whatIsNotOnnxIsRefused() throws IOException {
    Path file = Files.writeString(scenes.file("notes.onnx"), "these are notes, not a network");

    assertRefused("notes.onnx: is not an ONNX model", "inspect", file);
    assertRefused("missing.onnx: ", "inspect", scenes.file("missing.onnx"));
    assertRefused("images: ", "inspect", scenes.images());
  }

  @Test
  void truncatedModelsAreRefused() throws IOException {
    byte[] model = Files.readAllBytes(scenes.model());
    for (int length : new int[] {0, 10, model.length / 2, model.length - 1}) {
      Path file = Files.write(scenes.file("cut-off.onnx"), Arrays.copyOf(model, length));

      assertRefused("cut-off.onnx: ", "inspect", file);
    }
  }

  @Test
  void sideFilesOutsideTheFolderAreRefused() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(scenes.model())).toBuilder();
    TensorProto.Builder weight = model.getGraphBuilder().getInitializerBuilder(0).clearRawData();
    weight.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    weight.addExternalDataBuilder().setKey("location").setValue("../outside.bin");
    Path file = Files.write(scenes.file("escaping.onnx"), model.build().toByteArray());

    assertRefused("outside the model's folder", "inspect", file);
  }

  @Test
  void unknownCategoriesAreAnsweredWithTheNearest() {
    assertRefused("model.onnx: unknown category \"caar\"", extract("--categories", "tree,caar"));
    assertRefused("nearest: car", extract("--categories", "caar"));
    assertRefused("model.onnx: ", extract("--categories", "7"));
  }

  @Test
  void emptyFoldersAreRefused() throws IOException {
    Path empty = Files.createDirectory(scenes.file("empty"));

    assertRefused("empty: no images in this folder", profile("--images", empty));
    assertRefused("nowhere: ", profile("--images", scenes.file("nowhere")));
  }

  @Test
  void masksThatMatchNoImageAreRefused() throws IOException {
    Path masks = Files.createDirectory(scenes.file("other-masks"));
    Scenes.mask(masks.resolve("other.png"), 0);

    assertRefused(
        "other-masks: no mask has the name of any image",
        profile("--images", scenes.images(), "--masks", masks));
  }

  @Test
  void maskValuesBeyondTheCategoriesAreRefused() throws IOException {
    Scenes.mask(scenes.masks().resolve("scene3.png"), 9);

    assertRefused(
        "scene3.png: value 9 (256 of 256 pixels) means none of the network's 3 categories",
        profile("--images", scenes.images(), "--masks", scenes.masks()));
  }

  @Test
  void budgetsOutsideOfTheirRangeAreRefused() {
    for (String option : List.of("--keep-macs", "--keep-parameters")) {
      for (String share : List.of("0", "2", "-0.5", "NaN")) {
        assertRefused(
            "found %s (%s)".formatted(Double.parseDouble(share), option),
            extract("--categories", "car", option, share));
      }
    }
    assertRefused("--keep-macs", extract("--categories", "car", "--keep-macs", "half"));
    assertRefused(
        "expected one goal, found --keep-macs 0.5 and --keep-parameters 0.5",
        extract("--categories", "car", "--keep-macs", "0.5", "--keep-parameters", "0.5"));
  }

  @Test
  void profilesOfOtherModelsAreRefused() throws IOException {
    Path profile = scenes.file("model.profile.h5");
    assertThat(Invocation.of(Invocation.join(profile("--images", scenes.images()))).code())
        .isZero();
    Path saved = Files.move(scenes.file("output"), profile);
    Path other = scenes.write("other.onnx", Scenes.network(2));

    assertRefused(
        "other.onnx: the profile was made from another model",
        "extract",
        other,
        "--profile",
        saved,
        "--categories",
        "car",
        "--output",
        scenes.file("small.onnx"));
    assertRefused(
        "model.onnx: ",
        "extract",
        other,
        "--profile",
        scenes.model(),
        "--categories",
        "car",
        "--output",
        scenes.file("small.onnx"));
  }

  @Test
  void outputsThatCannotBeWrittenAreRefusedFirst() {
    Path missing = scenes.file("missing/small.onnx");
    for (Path output : List.of(missing, scenes.images())) {
      for (String option : List.of("--output", "--json")) {
        Object[] extract = {
          "extract", scenes.model(), "--images", scenes.images(), "--categories", "car"
        };
        assertRefused(
            Invocation.name(output) + ": ",
            option.equals("--output")
                ? Invocation.join(extract, option, output)
                : Invocation.join(extract, option, output, "--output", scenes.file("small.onnx")));
      }
      assertRefused(
          Invocation.name(output) + ": ",
          "profile",
          scenes.model(),
          "--images",
          scenes.images(),
          "--output",
          output);
      assertRefused(Invocation.name(output) + ": ", "inspect", scenes.model(), "--json", output);
      assertRefused(
          Invocation.name(output) + ": ",
          "evaluate",
          scenes.model(),
          "--images",
          scenes.images(),
          "--json",
          output);
    }
  }

  @Test
  void theModelItselfIsNoOutput() {
    assertRefused(
        "model.onnx: ",
        "extract",
        scenes.model(),
        "--images",
        scenes.images(),
        "--categories",
        "car",
        "--output",
        scenes.folder().resolve(".").resolve("model.onnx"));
  }

  @Test
  void modelsWithoutSpatialOutputAreRefused() throws IOException {
    Path file =
        scenes.write(
            "classifier.onnx",
            Scenes.network(1)
                .node(
                    Node.of("pool", "GlobalAveragePool", List.of("logits"), List.of("y"), Map.of()))
                .node(
                    Node.of(
                        "flat",
                        "Flatten",
                        List.of("y"),
                        List.of("flat"),
                        Map.of("axis", new Attribute.Int(1))))
                .outputs(
                    List.of(
                        new Value("flat", io.disassembler.graph.ElementType.FLOAT, List.of()))));

    assertRefused(
        "classifier.onnx: the model has no spatial output",
        "profile",
        file,
        "--images",
        scenes.images(),
        "--output",
        scenes.file("output"));
  }

  @Test
  void unknownOptionsCommandsAndValuesAreRefusedWithAHint() {
    assertRefused("--categoris", extract("--categoris", "car"));
    assertRefused("--categories", extract("--categoris", "car"));
    assertRefused("disassembler extract --help", extract("--categoris", "car"));
    assertRefused("disassembler --help", "shrink");
    assertRefused("'best'", extract("--categories", "car", "--criterion", "best"));
    assertRefused("(--criterion)", extract("--categories", "car", "--criterion", "best"));
    assertRefused("'magic'", extract("--categories", "car", "--recovery", "magic"));
    assertRefused("(--recovery)", extract("--categories", "car", "--recovery", "magic"));
    assertRefused("--size", "inspect", scenes.model(), "--size", "12 by 12");
    assertRefused("--output", "profile", scenes.model(), "--images", scenes.images());
    assertRefused("MODEL", "inspect");
  }

  @Test
  void settingsOutsideOfTheirRangeAreRefused() {
    assertRefused("threshold: expected", profile("--images", scenes.images(), "--threshold", "2"));
    assertRefused("(--threshold)", profile("--images", scenes.images(), "--threshold", "2"));
    assertRefused("(--batch)", profile("--images", scenes.images(), "--batch", "0"));
    assertRefused("(--limit)", profile("--images", scenes.images(), "--limit", "0"));
    assertRefused("(--calibrate)", extract("--categories", "car", "--calibrate", "3"));
    assertRefused("steps: expected", tuned("--steps", "0"));
    assertRefused("minutes: expected", tuned("--minutes", "0"));
    assertRefused("either --minutes or --steps", tuned("--minutes", "1", "--steps", "1"));
    assertRefused("threads", profile("--images", scenes.images(), "--threads", "0"));
    assertRefused("--images", profile());
    assertRefused("images: ", extract("--categories", "car", "--profile", scenes.images()));
    assertRefused("expected either --categories", extract());
  }

  private Object[] tuned(Object... more) {
    return Invocation.join(extract("--categories", "car", "--recovery", "tuned"), more);
  }

  @Test
  void trainingWithoutThreadsIsRefused() {
    assertRefused(
        "--threads",
        "train",
        "unet",
        "--images",
        scenes.images(),
        "--threads",
        "0",
        "--output",
        scenes.file("output"));
  }

  @Test
  void optionsThatNothingWouldComeOfAreRefused() {
    assertRefused(
        "--validation: expected --min-retention SHARE or --report FILE",
        extract("--categories", "car", "--validation", scenes.images()));
    assertRefused(
        "--steps: expected --recovery tuned", extract("--categories", "car", "--steps", "5"));
    assertRefused("--minutes: a plan", extract("--plan", scenes.model(), "--minutes", "1"));
    assertRefused(
        "--recovery tuned: expected --images DIR",
        "extract",
        scenes.model(),
        "--categories",
        "car",
        "--recovery",
        "tuned",
        "--output",
        scenes.file("output"));
    assertRefused(
        "--validation-masks: expected --validation DIR",
        extract("--categories", "car", "--validation-masks", scenes.masks()));
    assertRefused(
        "--feature-maps: expected --teacher FILE",
        "finetune",
        scenes.model(),
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--feature-maps",
        "1",
        "--output",
        scenes.file("output"));
  }

  @Test
  void plansThatAreNoneAreRefused() throws IOException {
    Path damaged = Files.writeString(scenes.file("plan.json"), "{\"version\": ");
    for (Path plan : List.of(scenes.file("missing.json"), scenes.model(), damaged)) {
      assertRefused(Invocation.name(plan) + ": ", extract("--plan", plan));
    }
  }

  private Object[] profile(Object... options) {
    return Invocation.join(
        new Object[] {"profile", scenes.model(), "--output", scenes.file("output")}, options);
  }

  private Object[] extract(Object... options) {
    return Invocation.join(
        new Object[] {
          "extract", scenes.model(), "--images", scenes.images(), "--output", scenes.file("output")
        },
        options);
  }

  private void assertRefused(String cause, Object... arguments) {
    Map<String, Long> before = files();

    Invocation refused = Invocation.of(arguments);

    assertThat(refused.err()).startsWith("disassembler: ").contains(cause);
    assertThat(refused.err().lines()).as(refused.err()).hasSize(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.code()).isEqualTo(2);
    assertThat(files()).isEqualTo(before);
  }

  /** Size of each file in the folder. */
  private Map<String, Long> files() {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(scenes.folder())) {
      for (Path file : files.toList()) {
        sizes.put(file.toString(), Files.isRegularFile(file) ? Files.size(file) : -1L);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return sizes;
  }
}
