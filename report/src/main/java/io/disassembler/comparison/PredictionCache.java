package io.disassembler.comparison;

import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.onnx.TemporaryModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the latest networks predicted, by their content: criteria that are blind to categories give
 * the same network for every set, and only the head tells them apart.
 */
final class PredictionCache {
  private static final int NETWORKS = 4;

  private final ReferenceImages images;
  private final Map<String, List<int[]>> latest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<int[]>> eldest) {
          return size() > NETWORKS;
        }
      };

  PredictionCache(ReferenceImages images) {
    this.images = images;
  }

  /** What {@code network}, which has the reference's categories, predicts on the images. */
  List<int[]> of(Network network, Cost cost) {
    try (TemporaryModel model = TemporaryModel.of(network)) {
      String content = ModelDigest.sha256(model.file());
      List<int[]> known = latest.remove(content);
      List<int[]> found =
          known != null
              ? known
              : images.predict(new EvaluationSubject(model.file(), cost, network.boundary()));
      latest.put(content, found);
      return found;
    }
  }
}
