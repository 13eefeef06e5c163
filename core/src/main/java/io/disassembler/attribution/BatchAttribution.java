package io.disassembler.attribution;

import io.disassembler.engine.Forward;
import io.disassembler.engine.NativeScope;
import io.disassembler.profile.FeatureMap;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Attribution of one batch whose forward pass is done; lives in the scope of that pass. */
final class BatchAttribution {
  private final Forward forward;
  private final Tensor logits;
  private final List<String> featureMaps;
  private final List<ImageAttribution> images = new ArrayList<>();

  /**
   * @param logits N x K x H x W
   * @param masks of each image of the batch
   */
  BatchAttribution(
      Forward forward, Tensor logits, List<FeatureMap> featureMaps, List<ConfidenceMask> masks) {
    this.forward = forward;
    this.logits = logits;
    this.featureMaps = featureMaps.stream().map(FeatureMap::name).toList();
    for (int n = 0; n < masks.size(); n++) {
      ConfidenceMask mask = masks.get(n);
      MaskedMap.Place place = new MaskedMap.Place(n, masks.size());
      images.add(
          new ImageAttribution(
              mask,
              featureMaps.stream()
                  .map(map -> MaskedMap.of(map, place, forward.value(map.name()), mask))
                  .toList()));
    }
  }

  /** Takes all sums: no further forward pass, one backward pass for each category in the masks. */
  List<ImageAttribution> run() {
    for (int category = 0; category < logits.size(1); category++) {
      int present = category;
      if (!featureMaps.isEmpty() && images.stream().anyMatch(image -> image.shows(present))) {
        NativeScope.run(() -> backward(present));
      }
    }
    return images;
  }

  private void backward(int category) {
    Tensor score = torch.zeros(1).to(logits.device(), logits.scalar_type()).sum();
    for (int n = 0; n < images.size(); n++) {
      if (images.get(n).shows(category)) {
        score = score.add(images.get(n).score(logits.select(0, n), category));
      }
    }
    TensorVector gradients = forward.gradients(score, featureMaps);
    images.stream()
        .filter(image -> image.shows(category))
        .forEach(image -> image.take(category, gradients));
  }
}
