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

  /** What each package may use of the project, besides itself and the root package. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("graph", List.of()),
          Map.entry("zoo", List.of("graph", "safetensors")),
          Map.entry("safetensors", List.of("graph")),
          Map.entry(
              "training",
              List.of(
                  "graph",
                  "operator",
                  "engine",
                  "channel",
                  "data",
                  "attribution",
                  "evaluation",
                  "safetensors")),
          Map.entry("data", List.of()),
          Map.entry("scenes", List.of("data")),
          Map.entry("onnx", List.of("graph")),
          Map.entry("operator", List.of("graph")),
          Map.entry("engine", List.of("graph", "operator", "data")),
          Map.entry("channel", List.of("graph", "operator", "engine")),
          Map.entry("profile", List.of("data")),
          Map.entry("similarity", List.of("profile")),
          Map.entry("figures", List.of("data", "channel", "profile", "selection", "similarity")),
          Map.entry(
              "attribution", List.of("graph", "operator", "engine", "channel", "data", "profile")),
          Map.entry("selection", List.of("graph", "operator", "engine", "channel", "profile")),
          Map.entry(
              "recovery",
              List.of("graph", "operator", "engine", "channel", "profile", "selection")),
          Map.entry(
              "surgery",
              List.of(
                  "graph",
                  "operator",
                  "engine",
                  "channel",
                  "data",
                  "profile",
                  "selection",
                  "recovery")),
          Map.entry(
              "report",
              List.of(
                  "data",
                  "graph",
                  "channel",
                  "profile",
                  "similarity",
                  "figures",
                  "evaluation",
                  "selection",
                  "surgery",
                  "check",
                  "search",
                  "comparison")),
          Map.entry("evaluation", List.of("graph", "data", "onnx")),
          Map.entry(
              "search",
              List.of(
                  "graph",
                  "data",
                  "onnx",
                  "engine",
                  "channel",
                  "profile",
                  "selection",
                  "recovery",
                  "surgery",
                  "evaluation")),
          Map.entry(
              "comparison",
              List.of(
                  "graph",
                  "data",
                  "onnx",
                  "engine",
                  "channel",
                  "profile",
                  "selection",
                  "recovery",
                  "surgery",
                  "training",
                  "evaluation")),
          Map.entry(
              "check",
              List.of(
                  "graph",
                  "data",
                  "onnx",
                  "engine",
                  "channel",
                  "selection",
                  "surgery",
                  "evaluation")));

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
    List<String> allowed = new ArrayList<>(List.of(own, "io.disassembler"));
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
