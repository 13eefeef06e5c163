package io.disassembler.comparison;

import io.disassembler.base.Sha256;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.training.Distillation;
import io.disassembler.training.DistillationSettings;
import io.disassembler.training.Objective;
import io.disassembler.training.Trainee;
import io.disassembler.training.TrainingData;
import io.disassembler.training.TrainingLength;
import io.disassembler.training.TrainingListener;
import io.disassembler.training.TrainingRecipe;
import io.disassembler.training.TrainingRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sub-networks are finetuned before they are judged once more. There is no validation: the last
 * weights count.
 *
 * @param epochs passes over the images, at least 1
 * @param samples the images, with masks unless there is a teacher
 * @param teacher the full network, to learn from its outputs; null to learn from masks
 * @param input the full network's image, at the size to train at
 * @param seed seed of every random choice
 * @param keepGoing whether more than 5 % broken images are tolerated
 */
public record Finetuning(
    TrainingRecipe recipe,
    int epochs,
    List<Sample> samples,
    @Nullable Trainee teacher,
    NetworkInput input,
    long seed,
    boolean keepGoing) {
  private static final String DEVICE = "cpu";

  public Finetuning {
    samples = List.copyOf(samples);
  }

  /** What tables call it, such as {@code masks, 1 epoch}. */
  public String name() {
    return "%s, %d %s"
        .formatted(teacher == null ? "masks" : "teacher", epochs, epochs == 1 ? "epoch" : "epochs");
  }

  /**
   * The sub-network after finetuning.
   *
   * @param network with its head
   * @param mapping from the full network's categories to its own
   * @param full the full network's card
   * @param threads to compute with
   * @throws io.disassembler.base.UnattainableException if training diverges or the network has but
   *     one category
   */
  Network of(Network network, CategoryMapping mapping, NetworkCard full, int threads) {
    NetworkCard card = full.restrictedTo(mapping.chosen());
    Trainee trainee =
        recipe.prepare(
            Trainee.of(Anatomy.of(network, input.shapes(), threads), input, card, List.of()),
            samples,
            keepGoing);
    try (Objective objective =
        teacher == null
            ? recipe.labelLoss(card, samples, input.size())
            : new Distillation(
                teacher, mapping, DistillationSettings.decided(recipe.dice()), DEVICE)) {
      TrainingRun run =
          new TrainingRun(
              trainee,
              recipe.settings(TrainingLength.ofEpochs(epochs), seed, keepGoing, DEVICE),
              new TrainingData(samples, List.of()),
              objective);
      return run.run(StateCheckpoint.none(), TrainingListener.NONE);
    }
  }

  /** SHA-256, in hexadecimal, of all that the result depends on besides the network. */
  String sha256(NetworkCard card) {
    MessageDigest digest = Sha256.digest();
    digest.update(
        "%s %s %d %s".formatted(name(), recipe, seed, input).getBytes(StandardCharsets.UTF_8));
    try (ImageLoader loader =
        new ImageLoader(samples, new Preprocessor(card, input.size()), keepGoing)) {
      while (loader.hasNext()) {
        add(digest, loader.next());
      }
    }
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, LoadedImage image) {
    ByteBuffer pixels = ByteBuffer.allocate(Float.BYTES * image.pixels().length);
    pixels.asFloatBuffer().put(image.pixels());
    digest.update(pixels);
    LabelMap labels = image.labels();
    if (labels != null) {
      ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * labels.values().length);
      numbers.asIntBuffer().put(labels.values());
      digest.update(numbers);
    }
  }
}
