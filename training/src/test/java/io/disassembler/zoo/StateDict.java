package io.disassembler.zoo;

import io.disassembler.graph.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys and shapes of the state_dict of torchvision's segmentation models on ResNet-50 and -101
 * with their auxiliary head, as its modules register them: written down from torchvision, not from
 * our builders.
 */
final class StateDict {
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final int EXPANSION = 4;
  private static final int ASPP = 256;
  private static final int[] RATES = {12, 24, 36};

  private final Map<String, Shape> keys = new LinkedHashMap<>();

  private StateDict() {}

  static Map<String, Shape> of(Architecture architecture, Backbone backbone, int categories) {
    StateDict dict = new StateDict();
    dict.resNet(backbone == Backbone.RESNET50 ? new int[] {3, 4, 6, 3} : new int[] {3, 4, 23, 3});
    if (architecture == Architecture.DEEPLABV3) {
      dict.deepLabHead(categories);
    } else {
      dict.fcnHead("classifier.", 2048, categories);
    }
    dict.fcnHead("aux_classifier.", 1024, categories);
    return dict.keys;
  }

  /** Whether a key is no parameter. */
  static boolean isBuffer(String key) {
    return key.contains("running_") || key.endsWith("num_batches_tracked");
  }

  private void resNet(int[] blocks) {
    convolution("backbone.conv1", 64, 3, 7);
    normalization("backbone.bn1", 64);
    int in = 64;
    for (int layer = 0; layer < blocks.length; layer++) {
      int width = WIDTHS[layer];
      for (int block = 0; block < blocks[layer]; block++) {
        String name = "backbone.layer%d.%d.".formatted(layer + 1, block);
        convolution(name + "conv1", width, in, 1);
        normalization(name + "bn1", width);
        convolution(name + "conv2", width, width, 3);
        normalization(name + "bn2", width);
        convolution(name + "conv3", width * EXPANSION, width, 1);
        normalization(name + "bn3", width * EXPANSION);
        if (block == 0) {
          convolution(name + "downsample.0", width * EXPANSION, in, 1);
          normalization(name + "downsample.1", width * EXPANSION);
        }
        in = width * EXPANSION;
      }
    }
  }

  private void deepLabHead(int categories) {
    convolution("classifier.0.convs.0.0", ASPP, 2048, 1);
    normalization("classifier.0.convs.0.1", ASPP);
    for (int rate = 1; rate <= RATES.length; rate++) {
      convolution("classifier.0.convs." + rate + ".0", ASPP, 2048, 3);
      normalization("classifier.0.convs." + rate + ".1", ASPP);
    }
    convolution("classifier.0.convs.4.1", ASPP, 2048, 1);
    normalization("classifier.0.convs.4.2", ASPP);
    convolution("classifier.0.project.0", ASPP, 5 * ASPP, 1);
    normalization("classifier.0.project.1", ASPP);
    convolution("classifier.1", ASPP, ASPP, 3);
    normalization("classifier.2", ASPP);
    convolution("classifier.4", categories, ASPP, 1);
    keys.put("classifier.4.bias", Shape.of(categories));
  }

  private void fcnHead(String name, int in, int categories) {
    convolution(name + "0", in / 4, in, 3);
    normalization(name + "1", in / 4);
    convolution(name + "4", categories, in / 4, 1);
    keys.put(name + "4.bias", Shape.of(categories));
  }

  private void convolution(String name, int out, int in, int kernel) {
    keys.put(name + ".weight", Shape.of(out, in, kernel, kernel));
  }

  private void normalization(String name, int channels) {
    for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      keys.put(name + "." + part, Shape.of(channels));
    }
    keys.put(name + ".num_batches_tracked", Shape.of());
  }
}
