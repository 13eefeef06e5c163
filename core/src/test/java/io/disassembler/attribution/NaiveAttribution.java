package io.disassembler.attribution;

import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attribution of one image by definition: plain loops for the sums, finite differences in float64
 * for the gradients.
 */
final class NaiveAttribution implements AutoCloseable {
  private static final double STEP = 1e-6;

  private final Engine engine;
  private final Map<String, Weight> input;
  private final int @Nullable [] labels;
  private final double threshold;
  private final double[] logits;
  private final Map<String, List<double[]>> slopes = new HashMap<>();

  NaiveAttribution(Network network, LoadedImage image, double threshold) {
    engine = Engine.of(Program.parse(SmallNetwork.inDoubles(network)));
    Shape shape = Shape.of(1, 3, SmallNetwork.HEIGHT, SmallNetwork.WIDTH);
    input =
        Map.of("image", SmallNetwork.toDoubles(Weight.ofFloats("image", shape, image.pixels())));
    LabelMap given = image.labels();
    labels = given == null ? null : given.values();
    this.threshold = threshold;
    logits = value("logits").elements();
  }

  record Map3d(int channels, int height, int width, double[] elements) {
    double at(int channel, int row, int column) {
      return elements[(channel * height + row) * width + column];
    }
  }

  Map3d value(String name) {
    return engine.run(
        input,
        ForwardRequest.keeping(Set.of(name)),
        forward -> {
          Tensor value = forward.value(name);
          return new Map3d(
              (int) value.size(1),
              (int) value.size(2),
              (int) value.size(3),
              TensorData.doubles(value));
        });
  }

  /** 1 in the mask of {@code category}, 0 elsewhere. */
  double[] mask(int category) {
    int area = SmallNetwork.HEIGHT * SmallNetwork.WIDTH;
    double[] mask = new double[area];
    for (int u = 0; u < area; u++) {
      double total = 0;
      boolean largest = true;
      for (int k = 0; k < SmallNetwork.CATEGORIES; k++) {
        total += Math.exp(logits[k * area + u] - logits[category * area + u]);
        largest &= logits[k * area + u] <= logits[category * area + u];
      }
      boolean right = labels == null || labels[u] == category;
      mask[u] = largest && right && 1 / total >= threshold ? 1 : 0;
    }
    return mask;
  }

  /** The category with the largest logit at each pixel. */
  int[] predictions() {
    int area = SmallNetwork.HEIGHT * SmallNetwork.WIDTH;
    int[] predictions = new int[area];
    for (int k = 1; k < SmallNetwork.CATEGORIES; k++) {
      for (int u = 0; u < area; u++) {
        if (logits[k * area + u] > logits[predictions[u] * area + u]) {
          predictions[u] = k;
        }
      }
    }
    return predictions;
  }

  /** The mask averaged over the block of pixels that each pixel of a smaller map covers. */
  private static double[] averaged(double[] mask, int height, int width) {
    int rows = SmallNetwork.HEIGHT / height;
    int columns = SmallNetwork.WIDTH / width;
    double[] averaged = new double[height * width];
    for (int row = 0; row < SmallNetwork.HEIGHT; row++) {
      for (int column = 0; column < SmallNetwork.WIDTH; column++) {
        averaged[row / rows * width + column / columns] +=
            mask[row * SmallNetwork.WIDTH + column] / (rows * columns);
      }
    }
    return averaged;
  }

  double[] forward(String featureMap, int category) {
    Map3d map = value(featureMap);
    return sums(map, averaged(mask(category), map.height(), map.width()));
  }

  private static double[] sums(Map3d map, double[] weights) {
    double[] sums = new double[map.channels()];
    for (int k = 0; k < map.channels(); k++) {
      for (int row = 0; row < map.height(); row++) {
        for (int column = 0; column < map.width(); column++) {
          sums[k] += weights[row * map.width() + column] * Math.max(map.at(k, row, column), 0);
        }
      }
    }
    return sums;
  }

  double[] backward(String featureMap, int category) {
    Map3d map = value(featureMap);
    return sums(
        gradient(featureMap, map, category), averaged(mask(category), map.height(), map.width()));
  }

  double[] taylor(String featureMap, int category) {
    Map3d map = value(featureMap);
    Map3d gradient = gradient(featureMap, map, category);
    double[] products = new double[map.elements().length];
    for (int i = 0; i < products.length; i++) {
      products[i] = Math.abs(map.elements()[i] * gradient.elements()[i]);
    }
    return sums(
        new Map3d(map.channels(), map.height(), map.width(), products),
        averaged(mask(category), map.height(), map.width()));
  }

  private Map3d gradient(String featureMap, Map3d map, int category) {
    double[] mask = mask(category);
    double[] gradient = new double[map.elements().length];
    List<double[]> found = slopes.computeIfAbsent(featureMap, name -> slopes(name, map));
    for (int i = 0; i < gradient.length; i++) {
      for (int u = 0; u < mask.length; u++) {
        gradient[i] += mask[u] * found.get(i)[category * mask.length + u];
      }
    }
    return new Map3d(map.channels(), map.height(), map.width(), gradient);
  }

  /** For each activation the derivatives of all logits. */
  private List<double[]> slopes(String featureMap, Map3d map) {
    List<double[]> slopes = new ArrayList<>();
    for (int i = 0; i < map.elements().length; i++) {
      double[] above = moved(featureMap, i, STEP);
      double[] below = moved(featureMap, i, -STEP);
      double[] slope = new double[above.length];
      Arrays.setAll(slope, u -> (above[u] - below[u]) / (2 * STEP));
      slopes.add(slope);
    }
    return slopes;
  }

  /** The logits with one activation moved by {@code step}. */
  private double[] moved(String featureMap, int element, double step) {
    return engine.run(
        input,
        ForwardRequest.outputs()
            .transforming(
                (name, tensor) -> name.equals(featureMap) ? move(tensor, element, step) : tensor),
        forward -> TensorData.doubles(forward.value("logits")));
  }

  private static Tensor move(Tensor tensor, int element, double step) {
    Tensor copy = tensor.clone();
    copy.reshape(-1).narrow(0, element, 1).add_(new Scalar(step));
    return copy;
  }

  @Override
  public void close() {
    engine.close();
  }
}
