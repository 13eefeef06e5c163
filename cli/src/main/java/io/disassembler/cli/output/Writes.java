package io.disassembler.cli.output;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option whose path the command writes to; every other path is one that it reads. {@link
 * Outputs} holds all commands to what follows from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Writes {
  /** Whether it is a folder that the command fills, and makes where there is none. */
  boolean folder() default false;

  /** Endings of files that the command keeps beside the output until it is done. */
  String[] beside() default {};

  /** Whether the output is there already when a run that was stopped goes on. */
  boolean early() default false;

  /** Whether it may become the card of a model that the command reads. */
  boolean card() default false;

  /** Whether {@code -} stands for standard output. */
  boolean piped() default false;

  /** A file in the folder by which the command knows what it wrote itself and goes on with. */
  String continued() default "";
}
