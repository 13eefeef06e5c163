package io.disassembler.cli.output;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Parts of a command's help and manual page, in their order; what has none comes before them. */
public enum HelpSection {
  NETWORK("Network"),
  IMAGES("Images"),
  PROFILE("Profile"),
  KEPT("What is kept"),
  RECOVERY("What makes up for the rest"),
  TRAINING("Training"),
  SPARK("Apache Spark"),
  OUTPUT("Output");

  private final String heading;

  HelpSection(String heading) {
    this.heading = heading;
  }

  /** Says where options are shown: one option, or all of a class. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.FIELD, ElementType.TYPE})
  public @interface In {
    HelpSection value();
  }

  /**
   * Puts the options of {@code command} into groups of their sections. For showing only: its
   * arguments were parsed before, or never will be.
   */
  public static void arrange(CommandSpec command) {
    if (!command.argGroups().isEmpty()) {
      return;
    }
    List<OptionSpec> options = List.copyOf(command.options());
    int order = 0;
    for (HelpSection section : values()) {
      List<OptionSpec> members =
          options.stream()
              .filter(option -> of(option).filter(section::equals).isPresent())
              .toList();
      if (members.isEmpty()) {
        continue;
      }
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .heading("%n" + section.heading + ":%n")
              .order(order++)
              .validate(false);
      for (OptionSpec member : members) {
        command.remove(member);
        group.addArg(member);
      }
      command.addArgGroup(group.build());
    }
  }

  private static Optional<HelpSection> of(OptionSpec option) {
    if (!(option.userObject() instanceof AnnotatedElement element)) {
      // Added by program: --overwrite.
      return option.longestName().equals(Outputs.OVERWRITE)
          ? Optional.of(OUTPUT)
          : Optional.empty();
    }
    In own = element.getAnnotation(In.class);
    if (own == null && element instanceof Member member) {
      own = member.getDeclaringClass().getAnnotation(In.class);
    }
    return Optional.ofNullable(own).map(In::value);
  }
}
