package io.disassembler.explorer;

import io.disassembler.evaluation.EvaluationListener;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything behind the interface.
 *
 * @param maps for each layer where the profile knows its kernels
 * @param replay as in the settings
 */
record Work(
    Subject subject,
    Drawing drawing,
    List<Optional<LayerMap>> maps,
    Workers workers,
    Judge judge,
    Cuts cuts,
    ChannelLooks channels,
    Pictures pictures,
    @Nullable Replay replay)
    implements AutoCloseable {
  private static final int SHOWN = 6;

  static Work open(Subject subject, ExplorerSettings settings, EvaluationListener listener) {
    Drawing drawing = Drawing.of(subject.anatomy());
    List<Optional<LayerMap>> maps =
        drawing.layers().stream()
            .map(layer -> LayerMap.of(subject.anatomy(), subject.profile(), layer))
            .toList();
    Judge judge = Judge.open(subject, settings.measured(), listener);
    Workers workers = new Workers();
    return new Work(
        subject,
        drawing,
        maps,
        workers,
        judge,
        new Cuts(subject, judge, workers),
        new ChannelLooks(subject, workers, settings.searched(), SHOWN),
        new Pictures(subject.samples(), settings.limits()),
        settings.replay());
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
