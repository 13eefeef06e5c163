package io.disassembler;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.disassembler.base.Stable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package map of docs/architecture.md, as rules. */
class ArchitectureTest {
  private static final String ROOT = "io.disassembler";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.disassembler");

  private static final DescribedPredicate<JavaClass> IS_STABLE =
      DescribedPredicate.describe(
          "are stable",
          type -> {
            JavaClass outer = type;
            while (outer.getEnclosingClass().isPresent()) {
              outer = outer.getEnclosingClass().get();
            }
            return outer.isAnnotatedWith(Stable.class)
                || outer.getPackage().isAnnotatedWith(Stable.class);
          });

  /** What each package may use of the project, besides itself and {@code base}. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          // disassembler-onnx
          uses("base"),
          uses("graph"),
          uses("boundary", "graph"),
          uses("onnx", "graph", "boundary"),
          uses("safetensors", "graph"),
          // disassembler-data
          uses("data", "graph"),
          uses("scenes", "data"),
          // disassembler-engine
          uses("libtorch"),
          uses("operator", "graph", "libtorch"),
          uses("engine", "graph", "libtorch", "operator"),
          uses("channel", "graph", "operator", "engine"),
          // disassembler-core
          uses("input", "graph boundary operator engine data".split(" ")),
          uses("profile", "data"),
          uses("attribution", "graph operator engine channel data input profile".split(" ")),
          uses("selection", "graph operator engine channel profile attribution".split(" ")),
          uses("principal", "graph operator engine channel profile selection".split(" ")),
          uses(
              "resolution",
              "graph onnx operator engine channel data attribution evaluation".split(" ")),
          uses("cut", "graph operator engine channel selection".split(" ")),
          uses(
              "recovery",
              "graph safetensors operator engine channel attribution profile selection cut"
                  .split(" ")),
          uses(
              "extraction",
              "graph boundary onnx safetensors operator engine channel data input profile attribution selection principal resolution cut recovery"
                  .split(" ")),
          uses("evaluation", "graph", "boundary", "onnx", "data", "input"),
          uses(
              "explanation",
              "graph operator engine channel data profile attribution selection principal cut recovery extraction"
                  .split(" ")),
          uses("probe", "graph operator engine channel data input attribution".split(" ")),
          uses(
              "check",
              "graph boundary onnx data operator engine channel input selection cut extraction evaluation"
                  .split(" ")),
          uses(
              "search",
              "graph onnx safetensors channel data input profile attribution selection extraction evaluation"
                  .split(" ")),
          // disassembler-training
          uses("zoo", "graph", "safetensors"),
          uses(
              "training",
              "facade graph safetensors data operator engine channel input profile attribution selection extraction evaluation"
                  .split(" ")),
          // disassembler-report
          uses("similarity", "profile"),
          uses("figures", "data channel profile selection similarity".split(" ")),
          uses(
              "comparison",
              "graph onnx safetensors data input channel selection recovery extraction explanation evaluation training figures"
                  .split(" ")),
          uses(
              "report",
              "graph data channel profile similarity figures evaluation selection extraction check search comparison"
                  .split(" ")));

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
    List<String> allowed = new ArrayList<>(List.of(own, "io.disassembler.base.."));
    others.forEach(other -> allowed.add(other.equals("facade") ? ROOT : ROOT + "." + other + ".."));
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.disassembler..")
                .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
        .check(CLASSES);
  }

  /** Each folder of an adapter may use those before it. */
  @TestFactory
  Stream<DynamicTest> foldersOfAdaptersGoOneWay() {
    return Stream.of(
            List.of("explorer", "view", "work", "http"),
            List.of("cli", "output", "options", "commands"))
        .flatMap(
            adapter ->
                IntStream.range(1, adapter.size())
                    .mapToObj(
                        folder ->
                            DynamicTest.dynamicTest(
                                adapter.get(0) + "." + adapter.get(folder),
                                () -> checkFolder(adapter, folder))));
  }

  private static void checkFolder(List<String> adapter, int folder) {
    String root = "io.disassembler." + adapter.get(0);
    String own = root + "." + adapter.get(folder);
    assertThat(CLASSES.that(resideInAPackage(own))).as("classes in " + own).isNotEmpty();
    List<String> allowed = new ArrayList<>();
    for (int before = 1; before <= folder; before++) {
      allowed.add(root + "." + adapter.get(before));
    }
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + "..")
                .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
        .check(CLASSES);
  }

  /** What outsiders are promised has to be enough for our own adapters. */
  @ParameterizedTest
  @ValueSource(strings = {"io.disassembler.explorer", "io.disassembler.cli"})
  void adaptersUseOnlyTheFacadeAndWhatIsStable(String adapter) {
    String own = adapter + "..";
    assertThat(CLASSES.that(resideInAPackage(own)).size()).isGreaterThan(30);
    assertThat(CLASSES.that(IS_STABLE).size()).isGreaterThan(100);
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.disassembler..")
                .and(resideOutsideOfPackages(own, "io.disassembler.explorer.."))
                .and(DescribedPredicate.not(IS_STABLE)))
        .check(CLASSES);
  }

  @Test
  void theMapIsComplete() {
    List<String> packages =
        CLASSES.stream()
            .map(type -> type.getPackageName())
            .filter(name -> !name.equals("io.disassembler"))
            .filter(name -> !name.equals("io.disassembler.testing"))
            .filter(name -> !name.startsWith("io.disassembler.explorer"))
            .filter(name -> !name.startsWith("io.disassembler.cli"))
            .filter(name -> !name.startsWith("io.disassembler.spark"))
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
        .resideOutsideOfPackages("io.disassembler.engine..", "io.disassembler.libtorch..")
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
