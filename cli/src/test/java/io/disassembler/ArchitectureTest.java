package io.disassembler;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package map of docs/architecture.md, as rules. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.disassembler");

  private static final String[] ADAPTERS =
      "graph onnx safetensors data scenes engine channel input profile attribution selection recovery extraction evaluation check search zoo training similarity figures comparison report explorer"
          .split(" ");

  /** What each package may use of the project, besides itself and {@code base}. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          // disassembler-onnx
          uses("base"),
          uses("graph"),
          uses("onnx", "graph"),
          uses("safetensors", "graph"),
          // disassembler-data
          uses("data"),
          uses("scenes", "data"),
          // disassembler-engine
          uses("operator", "graph"),
          uses("engine", "graph", "operator"),
          uses("channel", "graph", "operator", "engine"),
          // disassembler-core
          uses("input", "graph", "data"),
          uses("profile"),
          uses("attribution", "graph operator engine channel data input profile".split(" ")),
          uses("selection", "graph operator engine channel profile".split(" ")),
          uses("cut", "graph operator engine channel selection".split(" ")),
          uses("recovery", "graph operator engine channel profile selection cut".split(" ")),
          uses(
              "extraction",
              "graph operator engine channel data input profile selection cut recovery".split(" ")),
          uses("evaluation", "graph", "onnx", "data", "input"),
          uses(
              "check",
              "graph onnx data operator engine channel input selection cut extraction evaluation"
                  .split(" ")),
          uses("search", "graph onnx data input selection extraction evaluation".split(" ")),
          // disassembler-training
          uses("zoo", "graph", "safetensors"),
          uses(
              "training",
              "graph safetensors data operator engine channel input attribution evaluation"
                  .split(" ")),
          // disassembler-report
          uses("similarity", "profile"),
          uses("figures", "data channel profile selection similarity".split(" ")),
          uses(
              "comparison",
              "graph onnx data input channel selection recovery extraction evaluation training"
                  .split(" ")),
          uses(
              "report",
              "graph data channel profile similarity figures evaluation selection extraction check search comparison"
                  .split(" ")),
          // adapters
          uses("explorer", ADAPTERS),
          uses("cli", ADAPTERS));

  private static Map.Entry<String, List<String>> uses(String name, String... others) {
    return Map.entry(name, List.of(others));
  }

  @TestFactory
  Stream<DynamicTest> packagesUseOnlyWhatTheMapAllows() {
    return MAY_USE.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> checkUses(entry.getKey(), entry.getValue())));
  }

  private static void checkUses(String name, List<String> others) {
    String own = "io.disassembler." + name + "..";
    assertThat(CLASSES.that(resideInAPackage(own))).as("classes in " + own).isNotEmpty();
    List<String> allowed = new ArrayList<>(List.of(own, "io.disassembler.base"));
    others.forEach(other -> allowed.add("io.disassembler." + other + ".."));
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.disassembler..")
                .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
        .check(CLASSES);
  }

  @Test
  void theMapIsComplete() {
    List<String> packages =
        CLASSES.stream()
            .map(type -> type.getPackageName())
            .filter(name -> !name.equals("io.disassembler"))
            .filter(name -> !name.equals("io.disassembler.testing"))
            .map(name -> name.substring("io.disassembler.".length()).split("\\.", -1)[0])
            .distinct()
            .toList();
    assertThat(packages).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    assertThat(CLASSES.size()).isGreaterThan(250);
  }

  @Test
  void onlyOnnxKnowsProtobuf() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.disassembler.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "ai.onnx.proto..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEngineOpensNativeScopes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.disassembler.engine..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PointerScope.class)
        .check(CLASSES);
  }

  @Test
  void onlyEvaluationRunsOnnxRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.disassembler.evaluation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void valuesAndDataKnowNothingOfLibtorch() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.disassembler.graph..",
            "io.disassembler.data..",
            "io.disassembler.onnx..",
            "io.disassembler.evaluation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }
}
