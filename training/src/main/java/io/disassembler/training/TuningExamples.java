package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.input.ImageBatch;
import io.disassembler.operator.TensorData;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Images with what the full network decides on them, asked once, in memory.
 *
 * @param training to learn from
 * @param heldOut to judge by
 * @param shares of the pixels that each chosen category gets
 * @param sha256 of the images, in hexadecimal
 */
record TuningExamples(
    List<Batch> training, List<Batch> heldOut, List<Double> shares, String sha256) {
  /** More than a few minutes can look at. */
  private static final int MOST = 256;

  private static final long MOST_BYTES = 512L << 20;
  private static final int LEAST = 8;
  private static final int MOST_HELD_OUT = 24;

  /** One image in so many is held out, and at most one in so many of those that show a category. */
  private static final int HELD_OUT = 4;

  /** Share of the pixels from which an image shows a category. */
  private static final double SHOWN = 0.003;

  /** One run's images as the full network sees them. */
  private record Answered(Batch batch, double[] shares, int images, boolean followed) {}

  /**
   * Asks the full network.
   *
   * @param teacher the full network up to its logits
   * @param crew asks it
   * @param scores what of the logits competes
   * @param samples the images, masks are not looked at
   * @param followed names of those that recovery followed, which judge only where others lack
   * @param seed draws which of the images judge
   * @param most images to look at
   * @param goOn told how many images were asked about, of how many; false to make do with those
   * @throws InvalidInputException if there are too few
   */
  static TuningExamples load(
      Trainee teacher,
      Crew crew,
      DecisionScores scores,
      List<Sample> samples,
      Set<String> followed,
      long seed,
      boolean keepGoing,
      int most,
      BiPredicate<Integer, Integer> goOn) {
    List<Sample> shuffled =
        new ArrayList<>(samples.stream().map(s -> new Sample(s.name(), s.image(), null)).toList());
    Collections.shuffle(shuffled, new Random(seed));
    List<Sample> some = shuffled.subList(0, Math.min(Math.min(MOST, most), shuffled.size()));
    Preprocessor preprocessor = new Preprocessor(teacher.card(), teacher.input().size());
    Asked asked = new Asked(some.size(), goOn);
    try (ImageLoader loader = new ImageLoader(some, preprocessor, keepGoing);
        Engine engine = teacher.engine(crew, "cpu")) {
      Iterator<ImageBatch> batches = ImageBatch.all(loader, 1, teacher.fixedBatch());
      crew.each(
          asked.whileWanted(batches),
          images -> answer(teacher, engine, scores, images, preprocessor.size(), followed),
          asked::add);
    }
    List<Answered> answered = asked.answered;
    int count = asked.count;
    if (count < LEAST || answered.size() < 2) {
      throw new InvalidInputException(
          "training towards the full network's decisions: expected at least %d images, found %d"
              .formatted(Math.max(LEAST, 2 * teacher.fixedBatch()), count),
          Setting.CALIBRATION_IMAGES);
    }
    return split(answered, scores, Sha256.hex(asked.digest));
  }

  /** What was asked so far, which says when it is enough. */
  private static final class Asked {
    private final int total;
    private final BiPredicate<Integer, Integer> goOn;
    private final MessageDigest digest = Sha256.digest();
    private final List<Answered> answered = new ArrayList<>();
    private long bytes;
    private int count;
    private boolean more = true;

    Asked(int total, BiPredicate<Integer, Integer> goOn) {
      this.total = total;
      this.goOn = goOn;
    }

    void add(Answered one) {
      answered.add(one);
      Batch batch = one.batch();
      digest.update(batch.images().data());
      bytes += batch.images().bytes() + batch.answers().orElseThrow().bytes();
      count += one.images();
      more = goOn.test(count, total);
    }

    Iterator<ImageBatch> whileWanted(Iterator<ImageBatch> batches) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return (more || count < LEAST) && bytes < MOST_BYTES && batches.hasNext();
        }

        @Override
        public ImageBatch next() {
          return batches.next();
        }
      };
    }
  }

  private static Answered answer(
      Trainee teacher,
      Engine engine,
      DecisionScores scores,
      ImageBatch images,
      Size size,
      Set<String> followed) {
    Batch batch = Batch.of(images.images(), size);
    boolean isFollowed =
        images.images().stream().anyMatch(i -> followed.contains(i.sample().name()));
    return engine.run(
        Map.of(teacher.input().name(), batch.images()),
        ForwardRequest.keeping(Set.of(teacher.logits())),
        forward -> {
          Tensor decided = scores.of(forward.value(teacher.logits())).softmax(1);
          double[] shares = TensorData.doubles(scores.ofChosen(decided.mean(0, 3, 4).unsqueeze(0)));
          Weight answers = TensorData.toWeight("answers", decided.to(ScalarType.Half));
          return new Answered(
              new Batch(batch.images(), batch.labels(), Optional.of(answers)),
              shares,
              images.distinct(),
              isFollowed);
        });
  }

  private static TuningExamples split(
      List<Answered> answered, DecisionScores scores, String sha256) {
    int held = Math.max(1, Math.min(MOST_HELD_OUT, answered.size() / HELD_OUT));
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, answered.size()).forEach(order::add);
    // The sort is stable: drawn as before, those that nobody followed first.
    order.sort(Comparator.comparing(one -> answered.get(one).followed()));
    Set<Integer> judges = new LinkedHashSet<>();
    int chosen = scores.chosen().size();
    for (int i = 0; i < chosen; i++) {
      int category = i;
      List<Integer> showing =
          order.stream().filter(one -> answered.get(one).shares()[category] > SHOWN).toList();
      int wanted = Math.min((held + chosen - 1) / chosen, showing.size() / HELD_OUT);
      showing.stream().limit(wanted).forEach(judges::add);
    }
    order.stream()
        .filter(one -> !judges.contains(one))
        .limit(Math.max(0, held - judges.size()))
        .toList()
        .forEach(judges::add);
    List<Answered> learnt =
        IntStream.range(0, answered.size())
            .filter(one -> !judges.contains(one))
            .mapToObj(answered::get)
            .toList();
    double[] shares = new double[chosen];
    for (Answered one : learnt) {
      for (int category = 0; category < shares.length; category++) {
        shares[category] += one.shares()[category] / learnt.size();
      }
    }
    return new TuningExamples(
        learnt.stream().map(Answered::batch).toList(),
        judges.stream().map(one -> answered.get(one).batch()).toList(),
        Arrays.stream(shares).boxed().toList(),
        sha256);
  }

  /** Number of images. */
  int count() {
    return training.size() + heldOut.size();
  }

  /** A batch mirrored left to right, and what was decided with it. */
  static Batch mirrored(Batch batch) {
    return new Batch(
        mirrored(batch.images()), batch.labels(), batch.answers().map(TuningExamples::mirrored));
  }

  private static Weight mirrored(Weight maps) {
    return NativeScope.in(
        () -> TensorData.toWeight(maps.name(), TensorData.of(maps).flip(new long[] {-1})));
  }
}
