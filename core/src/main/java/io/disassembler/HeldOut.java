package io.disassembler;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.profile.Profile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images that a sub-network is measured on; those that were profiled would flatter it and are left
 * out.
 *
 * @param images among which they are
 */
public record HeldOut(ImageSet images) {
  private static final Logger LOG = LoggerFactory.getLogger(HeldOut.class);

  /**
   * The images that {@code profile} does not count; warns of those left out.
   *
   * @throws InvalidInputException if it counts all of them
   */
  public List<Sample> samples(Profile profile) {
    List<Sample> all = images.samples();
    Set<String> profiled = new TreeSet<>(profile.images());
    List<Sample> left = all.stream().filter(sample -> !profiled.contains(sample.name())).toList();
    if (left.isEmpty()) {
      throw new InvalidInputException(
          images.name() + ": all images in it were profiled; expected images that were not");
    }
    if (left.size() < all.size()) {
      LOG.warn(
          "{}: {} of {} images have names of profiled ones and are left out",
          images.name(),
          all.size() - left.size(),
          all.size());
    }
    return left;
  }

  /** The full network's answers on them. The caller closes what is returned. */
  ReferenceImages load(SegmentationNetwork network, Profile profile) {
    return network.reference(images, samples(profile));
  }
}
