package io.disassembler.explorer.work;

import io.disassembler.attribution.Excitations;
import io.disassembler.attribution.Excitations.ActivationMap;
import io.disassembler.attribution.Excitations.Excitation;
import io.disassembler.channel.Layer;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.explorer.view.LayerMap;
import io.disassembler.explorer.view.Look;
import io.disassembler.explorer.view.Look.Excitement;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images that excite a channel most. The network runs over the images once, for all
 * channels of all layers, when the first channel is asked for; what is known by then stays when
 * someone stops waiting.
 */
public final class ChannelLooks implements AutoCloseable {
  private static final int KEPT = 32;
  private static final int CHUNK = 4;

  private final Subject subject;
  private final List<Sample> samples;
  private final int shown;
  private final Tasks<Look> tasks;
  private final Object running = new Object();
  private ImageLoader images;
  private @Nullable Excitations known;

  /**
   * @param most number of images to search, spread evenly over all
   * @param shown number of images to show for a channel
   */
  ChannelLooks(Subject subject, Workers workers, int most, int shown) {
    this.subject = subject;
    this.shown = shown;
    samples =
        Spread.of(subject.samples(), most).stream()
            .map(sample -> new Sample(sample.name(), sample.image(), null))
            .toList();
    images = load();
    tasks = new Tasks<>(workers, KEPT, look -> {});
  }

  private ImageLoader load() {
    return new ImageLoader(
        samples,
        new Preprocessor(subject.card(), subject.input().size()),
        subject.evaluation().keepGoing());
  }

  /** Begins to look at a kernel's channel; the session waits for no other any more. */
  public Task<Look> start(String session, Layer layer, int kernel, LayerMap map) {
    return tasks.start(
        session,
        "channel-" + layer.index() + "-" + kernel,
        task -> task.found(look(layer, kernel, map, task)));
  }

  public Optional<Task<Look>> find(String id) {
    return tasks.find(id);
  }

  public void leave(String session) {
    tasks.leave(session);
  }

  private Look look(Layer layer, int kernel, LayerMap map, Task<Look> task) {
    Excitations excitations = excitations(task);
    int channel = map.channels()[kernel];
    List<Excitation> strongest = excitations.strongest(map.featureMap().name(), channel, shown);
    task.step("Finding where in the images");
    Map<Sample, ActivationMap> maps =
        Excitations.maps(
            subject.anatomy(),
            subject.input(),
            subject.card(),
            map.featureMap(),
            channel,
            strongest.stream().map(Excitation::sample).toList());
    List<Excitement> found = new ArrayList<>();
    for (Excitation one : strongest) {
      ActivationMap where = maps.get(one.sample());
      if (where != null) {
        found.add(new Excitement(one.sample(), one.peak(), where));
      }
    }
    String name = map.featureMap().name();
    return new Look(
        layer.index(),
        kernel,
        excitations.images(),
        name,
        Look.Usual.of(subject.profile().moments(name), channel),
        found);
  }

  private Excitations excitations(Task<Look> task) {
    synchronized (running) {
      do {
        int read = images.broken().size() + (known == null ? 0 : known.images());
        task.step("Running the network over the images", read, samples.size());
      } while (searchOn());
      return Objects.requireNonNull(known);
    }
  }

  /** Searches the next few images; false if there are none. */
  private boolean searchOn() {
    Profile profile = subject.profile();
    List<FeatureMap> maps = profile.featureMaps().stream().map(profile::featureMap).toList();
    try {
      if (known != null && !images.hasNext()) {
        return false;
      }
      Excitations more = Excitations.of(subject.anatomy(), subject.input(), maps, images, CHUNK);
      known = known == null ? more : known.plus(more);
      return true;
    } catch (RuntimeException e) {
      // Most likely too many are broken, and who asks again has repaired them.
      images.close();
      images = load();
      known = null;
      throw e;
    }
  }

  @Override
  public void close() {
    tasks.close();
    synchronized (running) {
      images.close();
    }
  }
}
