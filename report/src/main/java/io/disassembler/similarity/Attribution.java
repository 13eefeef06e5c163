package io.disassembler.similarity;

import io.disassembler.profile.AttributionExample;
import io.disassembler.profile.CategoryProfile;
import java.util.Locale;

/** Which of the two attributions of channels to a category. */
public enum Attribution {
  /** What the category's pixels excite. */
  FORWARD {
    @Override
    public double[] of(CategoryProfile category, String featureMap) {
      return category.forward(featureMap);
    }

    @Override
    public float[] of(AttributionExample image, String featureMap) {
      return image.forward(featureMap);
    }
  },
  /** What the category's logits depend on. */
  BACKWARD {
    @Override
    public double[] of(CategoryProfile category, String featureMap) {
      return category.backward(featureMap);
    }

    @Override
    public float[] of(AttributionExample image, String featureMap) {
      return image.backward(featureMap);
    }
  };

  /** A category's vector at a feature map, over its channels. */
  public abstract double[] of(CategoryProfile category, String featureMap);

  /** The vector of one image that shows the category, up to a factor. */
  public abstract float[] of(AttributionExample image, String featureMap);

  /** Its name in files and JSON. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
