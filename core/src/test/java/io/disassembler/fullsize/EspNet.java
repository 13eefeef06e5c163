package io.disassembler.fullsize;

import io.disassembler.fullsize.Draft.Window;
import io.disassembler.graph.Network;
import java.util.List;
import java.util.Map;

/**
 * A network as ESPNet is built (Mehta et al., ECCV 2018): pyramids of dilated convolutions whose
 * outputs are summed up one after the other before they are concatenated, BatchNormalization and a
 * PReLU for each channel, the image joined at every scale, a light decoder.
 */
final class EspNet {
  private static final int CATEGORIES = 20;

  private final Draft draft = new Draft("espnet.onnx");

  private EspNet() {}

  static Network build() {
    return new EspNet().whole();
  }

  private Network whole() {
    String half = draft.pooled("AveragePool", Draft.IMAGE);
    String quarter = draft.pooled("AveragePool", half);
    String first = active(draft.normalized(Draft.IMAGE, 16, new Window(3, 2, 1), 1));
    String joined = joined(List.of(first, half));
    String second = down(joined, 64);
    String deep = second;
    for (int i = 0; i < 2; i++) {
      deep = pyramid(deep, 64, Window.POINT, true);
    }
    String middle = joined(List.of(deep, second, quarter));
    String third = down(middle, 128);
    String deeper = third;
    for (int i = 0; i < 8; i++) {
      deeper = pyramid(deeper, 128, Window.POINT, true);
    }
    String encoded = joined(List.of(third, deeper));
    String coarse =
        draft.batchNormalization(
            draft.transposed(draft.convolution(encoded, CATEGORIES, Window.POINT), CATEGORIES));
    String skip = draft.normalized(middle, CATEGORIES, Window.POINT, 1);
    String fine = pyramid(joined(List.of(skip, coarse)), CATEGORIES, Window.POINT, false);
    String upper = active(draft.transposed(fine, CATEGORIES));
    String last = active(draft.normalized(join(upper, joined), CATEGORIES, Window.THREE, 1));
    return draft.outputs(Map.of("logits", draft.transposed(last, CATEGORIES)));
  }

  private String join(String... parts) {
    return draft.concat(List.of(parts));
  }

  private String joined(List<String> parts) {
    return active(draft.batchNormalization(draft.concat(parts)));
  }

  private String active(String x) {
    return draft.prelu(x);
  }

  private String down(String x, int kernels) {
    return pyramid(x, kernels, new Window(3, 2, 1), false);
  }

  /** Reduce, split into dilated branches, sum up, concatenate, add the input where it fits. */
  private String pyramid(String x, int kernels, Window reduction, boolean residual) {
    int branch = kernels / 5;
    String reduced = convolution(x, branch, reduction);
    String plain = convolution(reduced, kernels - 4 * branch, Window.dilated(1));
    String two = convolution(reduced, branch, Window.dilated(2));
    String four = draft.plain("Add", two, convolution(reduced, branch, Window.dilated(4)));
    String eight = draft.plain("Add", four, convolution(reduced, branch, Window.dilated(8)));
    String sixteen = draft.plain("Add", eight, convolution(reduced, branch, Window.dilated(16)));
    String all = draft.concat(List.of(plain, two, four, eight, sixteen));
    String sum = residual ? draft.plain("Add", x, all) : all;
    return active(draft.batchNormalization(sum));
  }

  private String convolution(String x, int kernels, Window window) {
    return draft.convolution(x, kernels, window);
  }
}
