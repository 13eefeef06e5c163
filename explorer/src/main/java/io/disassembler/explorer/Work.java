package io.disassembler.explorer;

import io.disassembler.channel.Inspection;
import io.disassembler.channel.Layer;
import io.disassembler.evaluation.EvaluationListener;
import java.util.List;
import java.util.Optional;

/**
 * Everything behind the interface.
 *
 * @param layers the network's layers with kernels
 * @param maps for each layer where the profile knows its kernels
 */
record Work(
    Subject subject,
    List<Layer> layers,
    List<Optional<LayerMap>> maps,
    Workers workers,
    Judge judge,
    Cuts cuts,
    ChannelLooks channels,
    Pictures pictures)
    implements AutoCloseable {
  private static final int SHOWN = 6;

  static Work open(Subject subject, ExplorerSettings settings, EvaluationListener listener) {
    List<Layer> layers = Inspection.of(subject.anatomy()).layers();
    List<Optional<LayerMap>> maps =
        layers.stream()
            .map(layer -> LayerMap.of(subject.anatomy(), subject.profile(), layer))
            .toList();
    Judge judge = Judge.open(subject, settings.measured(), listener);
    Workers workers = new Workers();
    return new Work(
        subject,
        layers,
        maps,
        workers,
        judge,
        new Cuts(subject, judge, workers),
        new ChannelLooks(subject, workers, settings.searched(), SHOWN),
        new Pictures(subject.samples(), settings.limits()));
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
