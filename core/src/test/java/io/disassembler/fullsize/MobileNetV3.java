package io.disassembler.fullsize;

import io.disassembler.fullsize.Draft.Window;
import io.disassembler.graph.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Torchvision's {@code deeplabv3_mobilenet_v3_large}: dilated, full size, with its auxiliary head.
 */
final class MobileNetV3 {
  private static final int CATEGORIES = 21;
  private static final String HARD_SWISH = "HardSwish";
  private static final String RELU = "Relu";

  private final Draft draft = new Draft("deeplabv3_mobilenet_v3_large.onnx");

  private MobileNetV3() {}

  static Network deepLabV3() {
    return new MobileNetV3().build();
  }

  private Network build() {
    String x = draft.plain(HARD_SWISH, draft.convolution(Draft.IMAGE, 16, new Window(3, 2, 1)));
    x = block(x, 16, 16, new Window(3, 1, 1), false, RELU);
    x = block(x, 64, 24, new Window(3, 2, 1), false, RELU);
    x = block(x, 72, 24, new Window(3, 1, 1), false, RELU);
    x = block(x, 72, 40, new Window(5, 2, 1), true, RELU);
    x = block(x, 120, 40, new Window(5, 1, 1), true, RELU);
    x = block(x, 120, 40, new Window(5, 1, 1), true, RELU);
    String auxiliary = x;
    x = block(x, 240, 80, new Window(3, 2, 1), false, HARD_SWISH);
    x = block(x, 200, 80, new Window(3, 1, 1), false, HARD_SWISH);
    x = block(x, 184, 80, new Window(3, 1, 1), false, HARD_SWISH);
    x = block(x, 184, 80, new Window(3, 1, 1), false, HARD_SWISH);
    x = block(x, 480, 112, new Window(3, 1, 1), true, HARD_SWISH);
    x = block(x, 672, 112, new Window(3, 1, 1), true, HARD_SWISH);
    x = block(x, 672, 160, new Window(5, 1, 2), true, HARD_SWISH);
    x = block(x, 960, 160, new Window(5, 1, 2), true, HARD_SWISH);
    x = block(x, 960, 160, new Window(5, 1, 2), true, HARD_SWISH);
    x = draft.plain(HARD_SWISH, draft.convolution(x, 960, Window.POINT));
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put("out", draft.resized(ResNet50.deepLabHead(draft, x, CATEGORIES), Draft.IMAGE));
    String head = draft.relu(draft.convolution(auxiliary, 10, Window.THREE));
    outputs.put(
        "aux", draft.resized(draft.convolution(head, CATEGORIES, Window.POINT), Draft.IMAGE));
    return draft.outputs(outputs);
  }

  private String block(
      String x, int expanded, int kernels, Window window, boolean excited, String activation) {
    String y = x;
    if (expanded != draft.channels(x)) {
      y = draft.plain(activation, draft.convolution(y, expanded, Window.POINT));
    }
    y = draft.plain(activation, draft.depthwise(y, window));
    if (excited) {
      y = excited(y);
    }
    y = draft.convolution(y, kernels, Window.POINT, 1, 0.5);
    return window.stride() == 1 && kernels == draft.channels(x) ? draft.plain("Add", x, y) : y;
  }

  private String excited(String x) {
    int squeezed = Math.max(8, (draft.channels(x) / 4 + 4) / 8 * 8);
    String inner =
        draft.relu(draft.convolution(draft.plain("GlobalAveragePool", x), squeezed, Window.POINT));
    String gate = draft.convolution(inner, draft.channels(x), Window.POINT);
    return draft.plain("Mul", x, draft.plain("HardSigmoid", gate));
  }
}
