package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.Moments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Attribution of one image of a batch; lives in the scope of the batch's forward pass. */
final class ImageAttribution {
  private final ConfidenceMask mask;
  private final List<MaskedMap> maps;
  private final Map<Integer, Vectors> vectors = new HashMap<>();

  /** Sums over the mask of one category, by feature map. */
  private record Vectors(
      Map<String, double[]> forward, Map<String, double[]> backward, Map<String, double[]> taylor) {

    Vectors() {
      this(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }
  }

  ImageAttribution(ConfidenceMask mask, List<MaskedMap> maps) {
    this.mask = mask;
    this.maps = maps;
    mask.categories().forEach(category -> vectors.put(category, new Vectors()));
  }

  /** The sum of the category's logits over its mask. */
  Tensor score(Tensor logits, int category) {
    return logits.select(0, category).mul(mask.masks().select(0, row(category))).sum();
  }

  boolean shows(int category) {
    return row(category) >= 0;
  }

  /**
   * Takes the sums of one category.
   *
   * @param gradients of the category's score with respect to each feature map of the whole batch
   */
  void take(int category, TensorVector gradients) {
    for (int i = 0; i < maps.size(); i++) {
      MaskedMap map = maps.get(i);
      MaskedMap.Sums found = map.sums(gradients.get(i), row(category));
      of(category).forward().put(map.map().name(), found.forward());
      of(category).backward().put(map.map().name(), found.backward());
      of(category).taylor().put(map.map().name(), found.taylor());
    }
  }

  /**
   * Everything that was found.
   *
   * @throws InvalidInputException if the network computes infinite numbers or NaN from the image
   */
  ImageProfile profile(String name, long content) {
    Map<Integer, ImageProfile.Presence> presences = new HashMap<>();
    vectors.forEach(
        (category, found) ->
            presences.put(
                category,
                new ImageProfile.Presence(
                    mask.areas().get(row(category)),
                    found.forward(),
                    found.backward(),
                    found.taylor())));
    Map<String, Moments> moments = new HashMap<>();
    for (MaskedMap map : maps) {
      Moments found = map.moments();
      found.notFinite().ifPresent(channel -> refuse(name, map.map().name(), channel));
      moments.put(map.map().name(), found);
    }
    return new ImageProfile(name, content, presences, moments);
  }

  private static void refuse(String image, String featureMap, int channel) {
    throw new InvalidInputException(
        "image '%s': channel %d of feature map '%s' becomes infinite or NaN; expected finite numbers: weights are damaged, or images are not scaled as the network expects (input.mean and input.std of the network card)"
            .formatted(image, channel, featureMap));
  }

  private int row(int category) {
    return mask.categories().indexOf(category);
  }

  private Vectors of(int category) {
    return Objects.requireNonNull(vectors.get(category));
  }
}
