package io.disassembler;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.Sample;
import io.disassembler.data.Shard;
import io.disassembler.data.layout.DataSets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Images to look at, with masks if there are labels, and which of them: all, or some drawn at
 * random. Immutable; the files are read when something is done with them.
 */
public final class ImageSet {
  private static final Shard ALL = new Shard(1, 1);

  private final String name;
  private final DataSet all;
  private final int limit;
  private final long seed;
  private final boolean keepGoing;
  private final Shard shard;

  private ImageSet(String name, DataSet all, int limit, long seed, boolean keepGoing, Shard shard) {
    this.name = name;
    this.all = all;
    this.limit = limit;
    this.seed = seed;
    this.keepGoing = keepGoing;
    this.shard = shard;
  }

  /**
   * The images of a folder (JPEG, PNG, BMP, TIFF, WebP), without labels.
   *
   * @throws io.disassembler.base.InvalidInputException if there is no such folder or no image in it
   */
  public static ImageSet folder(Path images) {
    return open(images.toString(), null);
  }

  /**
   * The images of a folder with the masks of another, which have the same file names but for the
   * extension.
   *
   * @throws io.disassembler.base.InvalidInputException if a folder is missing or no mask belongs to
   *     any image
   */
  public static ImageSet folder(Path images, Path masks) {
    return open(images.toString(), masks);
  }

  /**
   * A data set by its layout, such as {@code cityscapes:DIR:val}; {@code docs/datasets.md} lists
   * them.
   *
   * @throws io.disassembler.base.InvalidInputException if there is no such layout, or the folder is
   *     not laid out so
   */
  public static ImageSet layout(String dataSet) {
    return open(dataSet, null);
  }

  /**
   * Either: a folder of images, perhaps with masks, or a data set by its layout.
   *
   * @param masks null if there are none, or the layout has its own
   */
  public static ImageSet open(String images, @Nullable Path masks) {
    return of(images, DataSets.open(images, masks));
  }

  /**
   * Samples that were put together elsewhere.
   *
   * @param name what messages call them
   */
  public static ImageSet of(String name, DataSet samples) {
    return new ImageSet(name, samples, Integer.MAX_VALUE, 0, false, ALL);
  }

  /**
   * The same, of which at most {@code limit} images are used, drawn at random with seed 0.
   *
   * @param limit at least 1
   */
  public ImageSet atMost(int limit) {
    return new ImageSet(name, all, limit, seed, keepGoing, shard);
  }

  /** Only these of the same images, all of them. */
  ImageSet only(List<Sample> chosen) {
    return new ImageSet(
        name, new DataSet(chosen, all.legend()), Integer.MAX_VALUE, seed, keepGoing, ALL);
  }

  /** The same with another seed for what is drawn. */
  public ImageSet withSeed(long other) {
    return new ImageSet(name, all, limit, other, keepGoing, shard);
  }

  /** The same, but more than 5 % of images that cannot be read are tolerated. */
  public ImageSet keepGoing(boolean tolerated) {
    return new ImageSet(name, all, limit, seed, tolerated, shard);
  }

  /**
   * The same, of which only one share is used; which image is in which share is up to its name. Of
   * a limited set the drawn images are shared out. Whether there are labels is that of all shares.
   */
  public ImageSet shard(Shard share) {
    return new ImageSet(name, all, limit, seed, keepGoing, share);
  }

  /** What messages call it: the folder, or the data set as it was written. */
  public String name() {
    return name;
  }

  /** The images chosen, in the order of their names; the same for the same seed. */
  public List<Sample> samples() {
    return shard.of() == 1 ? drawn() : shard.among(drawn());
  }

  private List<Sample> drawn() {
    return limit >= all.samples().size() ? all.samples() : all.sample(limit, seed);
  }

  /** Whether every image chosen has a mask, those of the other shards included. */
  boolean drawnLabelled() {
    return drawn().stream().allMatch(sample -> sample.mask() != null);
  }

  /** Number of images chosen. */
  public int size() {
    return shard.of() == 1 ? Math.min(limit, all.samples().size()) : samples().size();
  }

  /** What mask values mean, where the data set says so. */
  public Optional<Legend> legend() {
    return Optional.ofNullable(all.legend());
  }

  /** True if every image has a mask. */
  public boolean labelled() {
    return all.labelled();
  }

  /** How many are used at most, if not all. */
  public Optional<Integer> limit() {
    return limit == Integer.MAX_VALUE ? Optional.empty() : Optional.of(limit);
  }

  /** The seed of what is drawn. */
  public long seed() {
    return seed;
  }

  /** Whether more than 5 % of images that cannot be read are tolerated. */
  public boolean keepsGoing() {
    return keepGoing;
  }

  @Override
  public String toString() {
    return name + " (" + size() + " images" + (labelled() ? " with masks)" : ")");
  }
}
