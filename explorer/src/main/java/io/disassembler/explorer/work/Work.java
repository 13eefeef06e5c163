package io.disassembler.explorer.work;

import io.disassembler.channel.Inspection;
import io.disassembler.channel.Layer;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationListener;
import io.disassembler.explorer.view.LayerMap;
import io.disassembler.explorer.view.Masks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything behind the interface.
 *
 * @param layers those with kernels
 * @param maps for each layer where the profile knows its kernels
 * @param replay what reports say of making a sub-network again; null for nothing but its plan
 */
public record Work(
    Subject subject,
    List<Layer> layers,
    List<Optional<LayerMap>> maps,
    Workers workers,
    Judge judge,
    Cuts cuts,
    ChannelLooks channels,
    Pictures pictures,
    @Nullable Replay replay)
    implements AutoCloseable {
  private static final int SHOWN = 6;

  /**
   * Runs the network on the images that it is measured on.
   *
   * @param measured number of images that sub-networks are measured on
   * @param searched number of images that are searched for what excites a channel
   * @param replay what reports say of making a sub-network again; null for nothing but its plan
   * @param listener told of every image that is measured on
   */
  public static Work open(
      Subject subject,
      int measured,
      int searched,
      Limits limits,
      @Nullable Replay replay,
      EvaluationListener listener) {
    List<Layer> layers = Inspection.of(subject.anatomy()).layers();
    List<Optional<LayerMap>> maps =
        layers.stream()
            .map(layer -> LayerMap.of(subject.anatomy(), subject.profile(), layer))
            .toList();
    Judge judge = Judge.open(subject, measured, listener);
    Workers workers = new Workers();
    return new Work(
        subject,
        layers,
        maps,
        workers,
        judge,
        new Cuts(subject, judge, workers),
        new ChannelLooks(subject, workers, searched, SHOWN),
        new Pictures(
            subject.samples(), new Preprocessor(subject.card(), subject.input().size()), limits),
        replay);
  }

  /**
   * What both networks make of a picture, and what its mask says.
   *
   * @param cut a sub-network that is made
   */
  public Masks masks(Pictures.Picture picture, Cut cut) {
    CategoryMapping mapping = subject.card().mapping(cut.request().categories());
    Size size = subject.input().size();
    float[] pixels = pictures.pixels(picture);
    int[] labels = pictures.labels(picture);
    return new Masks(
        size,
        mapping,
        labels == null ? null : mapping.apply(labels),
        judge.full(picture.id(), pixels, mapping),
        judge.part(Objects.requireNonNull(cut.file()).file(), cut.cost(), pixels));
  }

  @Override
  public void close() {
    cuts.close();
    channels.close();
    workers.close();
    judge.close();
    pictures.close();
  }
}
