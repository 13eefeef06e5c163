package io.disassembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Option;

/** Only the command line knows what options are called: the domain speaks of settings. */
class OptionNamesTest {
  /** An option such as {@code --images} or {@code -o}; CSS has {@code var(--ink)}. */
  private static final Pattern OPTION =
      Pattern.compile("(?<![\\w-]|var\\()(--[a-z]|-[a-z](?![\\w-]))");

  @Test
  void noStringOutsideOfTheCommandLineNamesAnOption() throws IOException {
    List<String> outside = new ArrayList<>();
    List<String> inside = new ArrayList<>();
    int seen = 0;
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.disassembler")) {
      String place = type.getPackageName() + ".";
      if (place.startsWith("io.disassembler.testing.")) {
        continue;
      }
      seen++;
      for (String constant : strings(type)) {
        if (OPTION.matcher(constant).find()) {
          (place.startsWith("io.disassembler.cli.") || hasOptions(type) ? inside : outside)
              .add(type.getName() + ": " + constant);
        }
      }
    }
    assertThat(outside).isEmpty();
    assertThat(seen).isGreaterThan(250);
    assertThat(inside).as("options are found where they are").hasSizeGreaterThan(50);
  }

  /** Spark's driver has a command line of its own. */
  private static boolean hasOptions(JavaClass type) {
    return type.getPackageName().equals("io.disassembler.spark")
        && type.getFields().stream().anyMatch(field -> field.isAnnotatedWith(Option.class));
  }

  @Test
  void optionsAreToldFromOtherWords() {
    for (String named : List.of("--images", "see --batch 1", "(--limit)", "'--x'", "-c %s: no")) {
      assertThat(OPTION.matcher(named).find()).as(named).isTrue();
    }
    for (String other : List.of("closed-loop", "a -- b", "0-3", "var(--ink)", "-Xmx", "x-y-z")) {
      assertThat(OPTION.matcher(other).find()).as(other).isFalse();
    }
  }

  /**
   * All text in the constant pool of a class file (The Java Virtual Machine Specification, 4.4).
   */
  private static List<String> strings(JavaClass type) throws IOException {
    try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream();
        DataInputStream in = new DataInputStream(file)) {
      assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
      in.skipNBytes(4);
      int count = in.readUnsignedShort();
      List<String> strings = new ArrayList<>();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> strings.add(in.readUTF());
          case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
          case 5, 6 -> {
            in.skipNBytes(8);
            i++; // takes two places
          }
          case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          default -> throw new IOException("tag " + tag + " in " + type.getName());
        }
      }
      return strings;
    }
  }
}
