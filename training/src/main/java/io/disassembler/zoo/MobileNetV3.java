package io.disassembler.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * Howard et al., "Searching for MobileNetV3", 2019, without its classifier. Below output stride 32
 * the last stages dilate instead of striding, as in torchvision.
 *
 * @param rows the blocks
 */
record MobileNetV3(List<Row> rows) {
  private static final float EPSILON = 1e-3f;
  private static final int STEM = 16;

  /** The larger of the paper's two networks. */
  static final MobileNetV3 LARGE =
      new MobileNetV3(
          List.of(
              new Row(3, 16, 16, false, false, 1),
              new Row(3, 64, 24, false, false, 2),
              new Row(3, 72, 24, false, false, 1),
              new Row(5, 72, 40, true, false, 2),
              new Row(5, 120, 40, true, false, 1),
              new Row(5, 120, 40, true, false, 1),
              new Row(3, 240, 80, false, true, 2),
              new Row(3, 200, 80, false, true, 1),
              new Row(3, 184, 80, false, true, 1),
              new Row(3, 184, 80, false, true, 1),
              new Row(3, 480, 112, true, true, 1),
              new Row(3, 672, 112, true, true, 1),
              new Row(5, 672, 160, true, true, 2),
              new Row(5, 960, 160, true, true, 1),
              new Row(5, 960, 160, true, true, 1)));

  /** The smaller one. */
  static final MobileNetV3 SMALL =
      new MobileNetV3(
          List.of(
              new Row(3, 16, 16, true, false, 2),
              new Row(3, 72, 24, false, false, 2),
              new Row(3, 88, 24, false, false, 1),
              new Row(5, 96, 40, true, true, 2),
              new Row(5, 240, 40, true, true, 1),
              new Row(5, 240, 40, true, true, 1),
              new Row(5, 120, 48, true, true, 1),
              new Row(5, 144, 48, true, true, 1),
              new Row(5, 288, 96, true, true, 2),
              new Row(5, 576, 96, true, true, 1),
              new Row(5, 576, 96, true, true, 1)));

  /**
   * One block.
   *
   * @param kernel of the depthwise convolution
   * @param expanded its channels at width 1
   * @param out channels that the block ends with at width 1
   * @param squeezed whether squeeze-and-excitation follows the depthwise convolution
   * @param hardSwish whether activations are HardSwish; Relu otherwise
   */
  record Row(int kernel, int expanded, int out, boolean squeezed, boolean hardSwish, int stride) {}

  /** Stem, blocks and the last convolution, named by their place as in torchvision. */
  Pyramid build(Layers layers, String prefix, ZooSettings settings) {
    Features x =
        activated(
            layers,
            prefix + "0",
            layers.image(),
            Convolution.of(settings.channels(STEM), 3).stride(2),
            true);
    List<Features> stages = new ArrayList<>();
    List<Features> striding = new ArrayList<>();
    int stride = 2;
    int dilation = 1;
    for (int index = 0; index < rows.size(); index++) {
      Row row = rows.get(index);
      int step = row.stride();
      if (step > 1) {
        stages.add(x);
        if (stride * step > settings.outputStride()) {
          dilation *= step;
          step = 1;
        }
      }
      stride *= step;
      x = block(layers, prefix + (index + 1), x, row, step, dilation, settings);
      if (row.stride() > 1) {
        striding.add(x);
      }
    }
    Convolution last = Convolution.of(6 * x.channels(), 1);
    x = activated(layers, prefix + (rows.size() + 1), x, last, true);
    stages.add(x);
    return new Pyramid(stages, striding.get(striding.size() - 3));
  }

  private static Features block(
      Layers layers,
      String name,
      Features x,
      Row row,
      int stride,
      int dilation,
      ZooSettings settings) {
    int expanded = settings.channels(row.expanded());
    int part = 0;
    Features y = x;
    if (expanded != x.channels()) {
      Convolution expansion = Convolution.of(expanded, 1);
      y = activated(layers, part(name, part++), y, expansion, row.hardSwish());
    }
    Convolution depthwise =
        Convolution.of(expanded, row.kernel()).stride(stride).dilation(dilation).depthwise();
    y = activated(layers, part(name, part++), y, depthwise, row.hardSwish());
    if (row.squeezed()) {
      y = squeezed(layers, part(name, part++), y);
    }
    Convolution projection = Convolution.of(settings.channels(row.out()), 1);
    y = normalized(layers, part(name, part), y, projection);
    boolean residual = row.stride() == 1 && x.channels() == y.channels();
    return residual ? layers.binary(name, "Add", y, x) : y;
  }

  private static String part(String name, int part) {
    return name + ".block." + part;
  }

  /** Squeeze-and-excitation: each channel scaled by what all channels' means say. */
  private static Features squeezed(Layers layers, String name, Features x) {
    int quarter = x.channels() / 4;
    int squeeze = ZooSettings.rounded(quarter);
    Features s = layers.globalAveragePool(name + ".avgpool", x);
    s = layers.biasedConvolution(name + ".fc1", s, Convolution.of(squeeze, 1));
    s = layers.relu(name + ".activation", s);
    s = layers.biasedConvolution(name + ".fc2", s, Convolution.of(x.channels(), 1));
    s = layers.hardSigmoid(name + ".scale_activation", s);
    return layers.binary(name, "Mul", x, s);
  }

  private static Features activated(
      Layers layers, String name, Features x, Convolution convolution, boolean hardSwish) {
    Features y = normalized(layers, name, x, convolution);
    return layers.unary(name + ".2", hardSwish ? "HardSwish" : "Relu", y);
  }

  private static Features normalized(
      Layers layers, String name, Features x, Convolution convolution) {
    Features y = layers.convolution(name + ".0", x, convolution);
    return layers.batchNormalization(name + ".1", y, EPSILON);
  }
}
