package io.disassembler.explorer.http;

import io.disassembler.base.Build;
import io.disassembler.data.Size;
import io.disassembler.explorer.view.Drawing;
import io.disassembler.explorer.view.Least;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Work;
import io.disassembler.graph.Cost;
import io.disassembler.selection.Costing;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The JSON form of the network that is explored, its layers and what may be asked of it. */
record NetworkAnswer(
    String version,
    String name,
    Size input,
    List<Category> categories,
    Costs full,
    Costs least,
    List<Layer> layers,
    Measured measured,
    int profiledImages,
    Limits limits) {

  /** The images that a category was profiled on. */
  private record Category(String name, long images) {}

  /** In numbers, or in percent of the full network's. */
  private record Costs(long macs, long parameters) {}

  private record Measured(int images, String against) {}

  private record Layer(
      int index,
      String name,
      String operator,
      int kernels,
      int height,
      int width,
      String weight,
      long parameters,
      long macs,
      List<Integer> from,
      boolean readsImage,
      List<Integer> tied,
      @Nullable String pinned,
      boolean profiled) {
    static Layer of(Drawing.Layer layer, boolean profiled) {
      return new Layer(
          layer.index(),
          layer.name(),
          layer.operator(),
          layer.groups().length,
          layer.height(),
          layer.width(),
          layer.weight().toString(),
          layer.parameters(),
          layer.macs(),
          layer.from(),
          layer.readsImage(),
          layer.tied(),
          layer.pinned(),
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
        IntStream.range(0, names.size())
            .mapToObj(c -> new Category(names.get(c), subject.profile().category(c).images()))
            .toList(),
        new Costs(full.macs(), full.parameters()),
        new Costs(
            percent(least.macs(), full.macs()), percent(least.parameters(), full.parameters())),
        work.drawing().layers().stream()
            .map(layer -> Layer.of(layer, work.maps().get(layer.index()).isPresent()))
            .toList(),
        new Measured(work.judge().images(), work.judge().labels().toString()),
        subject.profile().images().size(),
        limits);
  }

  private static long percent(long part, long whole) {
    return Math.min(100, Math.max(1, (100 * part + whole - 1) / Math.max(1, whole)));
  }
}
