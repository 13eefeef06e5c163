package io.disassembler.check;

import io.disassembler.data.Size;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The inputs that a network is tried on. */
final class TrialInputs {
  private static final int STRIDE = 32;

  private TrialInputs() {}

  /**
   * {@code base}, a smaller and a larger size that most strides divide and one that they do not,
   * each as one image and as two; only what the file leaves open changes.
   */
  static List<NetworkInput> around(Network network, NetworkInput base) {
    int depth = base.size().depth();
    int height = base.size().height();
    int width = base.size().width();
    boolean volumes = base.size().volume();
    Set<NetworkInput> trials = new LinkedHashSet<>();
    for (Size size :
        List.of(
            base.size(),
            new Size(volumes ? roundUp(depth / 2) : 0, roundUp(height / 2), roundUp(width * 3 / 4)),
            new Size(
                volumes ? roundUp(depth * 3 / 4) : 0, roundUp(height + STRIDE), roundUp(width / 2)),
            new Size(
                volumes ? Math.max(STRIDE, depth / 2 + 3) : 0,
                Math.max(STRIDE, height / 2 + 5),
                Math.max(STRIDE, width / 2 - 3)))) {
      trials.add(NetworkInput.of(network, size));
    }
    List<NetworkInput> all = new ArrayList<>(trials);
    if (!batchIsFixed(network)) {
      trials.forEach(one -> all.add(one.ofBatch(2)));
    }
    return all;
  }

  private static boolean batchIsFixed(Network network) {
    return network.inputs().get(0).dimensions().orElseThrow().get(0) instanceof Dimension.Fixed;
  }

  private static int roundUp(int extent) {
    return Math.max(STRIDE, (extent + STRIDE - 1) / STRIDE * STRIDE);
  }
}
