package io.disassembler.fullsize;

import io.disassembler.fullsize.Draft.Window;
import io.disassembler.graph.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Torchvision's networks on a ResNet-50 of output stride 8, full size, with auxiliary heads. */
final class ResNet50 {
  private static final int CATEGORIES = 21;
  private static final double SMALL = 0.3;

  private final Draft draft;
  private final boolean normalized;

  private ResNet50(Draft draft, boolean normalized) {
    this.draft = draft;
    this.normalized = normalized;
  }

  /** {@code deeplabv3_resnet50}: ASPP with rates 12, 24 and 36; BatchNormalization folded. */
  static Network deepLabV3() {
    Draft draft = new Draft("deeplabv3_resnet50.onnx");
    ResNet50 network = new ResNet50(draft, false);
    List<String> maps = network.backbone();
    return network.withHeads(deepLabHead(draft, maps.get(1), CATEGORIES), maps.get(0));
  }

  /** {@code fcn_resnet50}; BatchNormalization kept. */
  static Network fcn() {
    Draft draft = new Draft("fcn_resnet50.onnx");
    ResNet50 network = new ResNet50(draft, true);
    List<String> maps = network.backbone();
    return network.withHeads(network.fcnHead(maps.get(1)), maps.get(0));
  }

  /** Torchvision's {@code DeepLabHead}. */
  static String deepLabHead(Draft draft, String x, int categories) {
    List<String> pyramid = new ArrayList<>();
    pyramid.add(draft.relu(draft.convolution(x, 256, Window.POINT)));
    for (int rate : new int[] {12, 24, 36}) {
      pyramid.add(draft.relu(draft.convolution(x, 256, Window.dilated(rate))));
    }
    String pooled = draft.plain("GlobalAveragePool", x);
    pyramid.add(draft.resized(draft.relu(draft.convolution(pooled, 256, Window.POINT)), x));
    String joined = draft.relu(draft.convolution(draft.concat(pyramid), 256, Window.POINT));
    String head = draft.relu(draft.convolution(joined, 256, Window.THREE));
    return draft.convolution(head, categories, Window.POINT);
  }

  private Network withHeads(String main, String auxiliaryMap) {
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put("out", draft.resized(main, Draft.IMAGE));
    outputs.put("aux", draft.resized(fcnHead(auxiliaryMap), Draft.IMAGE));
    return draft.outputs(outputs);
  }

  private String fcnHead(String x) {
    String inner = draft.relu(layer(x, draft.channels(x) / 4, Window.THREE, 1));
    return draft.convolution(inner, CATEGORIES, Window.POINT);
  }

  /** The last two stages' feature maps. */
  private List<String> backbone() {
    String x = draft.relu(layer(Draft.IMAGE, 64, new Window(7, 2, 1), 1));
    x = draft.pooled("MaxPool", x);
    x = stage(x, 64, 3, 1, 1, 1);
    x = stage(x, 128, 4, 2, 1, 1);
    String third = stage(x, 256, 6, 1, 1, 2);
    return List.of(third, stage(third, 512, 3, 1, 2, 4));
  }

  /** Blocks of which only the first has the stride, and the dilation of the stage before. */
  private String stage(String x, int width, int blocks, int stride, int first, int rest) {
    String y = block(x, width, new Window(3, stride, first));
    for (int i = 1; i < blocks; i++) {
      y = block(y, width, new Window(3, 1, rest));
    }
    return y;
  }

  private String block(String x, int width, Window window) {
    String y = draft.relu(layer(x, width, Window.POINT, 1));
    y = draft.relu(layer(y, width, window, 1));
    y = layer(y, 4 * width, Window.POINT, SMALL);
    boolean fits = draft.channels(x) == 4 * width;
    String shortcut = fits ? x : layer(x, 4 * width, new Window(1, window.stride(), 1), 1);
    return draft.relu(draft.plain("Add", y, shortcut));
  }

  private String layer(String x, int kernels, Window window, double gain) {
    return normalized
        ? draft.normalized(x, kernels, window, gain)
        : draft.convolution(x, kernels, window, 1, gain);
  }
}
