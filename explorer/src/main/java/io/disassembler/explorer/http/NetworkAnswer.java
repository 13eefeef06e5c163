package io.disassembler.explorer.http;

import io.disassembler.base.Build;
import io.disassembler.channel.Layer;
import io.disassembler.data.ColorOrder;
import io.disassembler.data.Size;
import io.disassembler.explorer.view.Least;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Work;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Shape;
import io.disassembler.selection.Costing;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The JSON form of the network that is explored, its layers and what may be asked of it. */
record NetworkAnswer(
    String version,
    String name,
    Size input,
    Images images,
    boolean independent,
    List<Category> categories,
    Costs full,
    Costs least,
    List<LayerAnswer> layers,
    Measured measured,
    int profiledImages,
    Limits limits) {
  private static final int SPATIAL_RANK = 4;

  /** The images that a category was profiled on. */
  private record Category(String name, long images) {}

  /** In numbers, or in percent of the full network's. */
  private record Costs(long macs, long parameters) {}

  /**
   * @param profiled how many of the images were profiled, too
   */
  private record Measured(int images, int profiled, String against) {}

  /**
   * What images are.
   *
   * @param channels that the network takes
   * @param bands whether these are bands, of which three are shown as a picture
   */
  private record Images(int channels, boolean bands) {}

  private record LayerAnswer(
      int index,
      String name,
      String operator,
      int kernels,
      long height,
      long width,
      String weight,
      long parameters,
      long macs,
      List<Integer> from,
      boolean readsImage,
      List<Integer> tied,
      @Nullable String pinned,
      boolean profiled) {
    static LayerAnswer of(Layer layer, boolean profiled) {
      Shape output = layer.output().shape();
      boolean map = output.rank() == SPATIAL_RANK;
      return new LayerAnswer(
          layer.index(),
          layer.name(),
          layer.operator(),
          layer.output().kernels(),
          map ? output.dimension(2) : 1,
          map ? output.dimension(3) : 1,
          layer.weight().toString(),
          layer.cost().parameters(),
          layer.cost().macs(),
          layer.input().layers(),
          layer.input().image(),
          layer.tied(),
          layer.output().pinned().orElse(null),
          profiled);
    }
  }

  static NetworkAnswer of(Work work, Limits limits) {
    Subject subject = work.subject();
    List<String> names = subject.card().categories();
    Cost full = Costing.of(subject.anatomy());
    Cost least = Least.of(subject.anatomy());
    return new NetworkAnswer(
        Build.version(),
        String.valueOf(subject.file().getFileName()),
        subject.input().size(),
        new Images(subject.card().channels(), subject.card().color() == ColorOrder.BANDS),
        subject.card().independent(),
        IntStream.range(0, names.size())
            .mapToObj(c -> new Category(names.get(c), subject.profile().category(c).images()))
            .toList(),
        new Costs(full.macs(), full.parameters()),
        new Costs(
            percent(least.macs(), full.macs()), percent(least.parameters(), full.parameters())),
        work.layers().stream()
            .map(layer -> LayerAnswer.of(layer, work.maps().get(layer.index()).isPresent()))
            .toList(),
        new Measured(
            work.judge().images(), work.judge().profiled(), work.judge().labels().toString()),
        subject.profile().images().size(),
        limits);
  }

  private static long percent(long part, long whole) {
    return Math.min(100, Math.max(1, (100 * part + whole - 1) / Math.max(1, whole)));
  }
}
