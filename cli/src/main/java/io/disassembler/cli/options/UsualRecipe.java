package io.disassembler.cli.options;

import io.disassembler.training.TrainingRecipe;
import java.math.BigDecimal;
import java.util.ListResourceBundle;

/** What a training command does by default, for its {@code --help}. */
public abstract class UsualRecipe extends ListResourceBundle {
  private final TrainingRecipe recipe;

  private UsualRecipe(TrainingRecipe recipe) {
    this.recipe = recipe;
  }

  @Override
  protected Object[][] getContents() {
    return new Object[][] {
      {"usual.batch", "" + recipe.batch()},
      {"usual.rate", plain(recipe.optimizer().learningRate())},
      {"usual.sgd", plain(TrainingOptions.SGD * recipe.optimizer().learningRate())},
      {"usual.clip", "" + recipe.clip()},
      {"usual.weighting", Typed.of(recipe.weighting())},
      {"usual.dice", "" + recipe.dice()},
      {"usual.scale", recipe.augmentation().smallest() + "," + recipe.augmentation().largest()},
      {"usual.color", "" + recipe.augmentation().color()},
      {"usual.normalization", Typed.of(recipe.normalization())},
    };
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Of {@code train}. */
  public static final class FromScratch extends UsualRecipe {
    public FromScratch() {
      super(TrainingRecipe.FROM_SCRATCH);
    }
  }

  /** Of {@code finetune}. */
  public static final class Finetuning extends UsualRecipe {
    public Finetuning() {
      super(TrainingRecipe.FINETUNING);
    }
  }
}
