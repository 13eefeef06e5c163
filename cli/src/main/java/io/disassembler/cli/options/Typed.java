package io.disassembler.cli.options;

import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Criterion;
import io.disassembler.training.CategoryWeighting;
import io.disassembler.training.Normalization;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.Backbone;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What may be typed for an option, from where it is defined; for help and completion. */
public abstract class Typed implements Iterable<String> {
  private final List<String> words;

  private <E> Typed(E[] values, Function<? super E, String> name) {
    words = Arrays.stream(values).map(name).toList();
  }

  /** A constant as it is typed and shown. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }

  /** What ranks channels. */
  public static final class Criteria extends Typed {
    public Criteria() {
      super(Criterion.values(), Criterion::id);
    }
  }

  /** What makes up for the rest. */
  public static final class Recoveries extends Typed {
    public Recoveries() {
      super(RecoveryMethod.values(), RecoveryMethod::id);
    }
  }

  /** Networks that can be trained from scratch. */
  public static final class Architectures extends Typed {
    public Architectures() {
      super(Architecture.values(), Typed::of);
    }
  }

  /** What they are put on. */
  public static final class Backbones extends Typed {
    public Backbones() {
      super(Backbone.values(), Typed::of);
    }
  }

  /** How much more rare categories count. */
  public static final class Weightings extends Typed {
    public Weightings() {
      super(CategoryWeighting.values(), Typed::of);
    }
  }

  /** What normalisation does in training. */
  public static final class Normalizations extends Typed {
    public Normalizations() {
      super(Normalization.values(), Typed::of);
    }
  }
}
