package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.engine.NativeScope;
import io.disassembler.engine.PositiveDefinite;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Prepares the {@link FeatureMapHarm} of every feature map from a profile and the weights. */
final class HarmPreparation {
  /** Share of the mean variance that is added to each channel's, as recovery does. */
  private static final double RIDGE = 1e-3;

  /** A channel varies if its variance is more than this share of its mean square. */
  private static final double NOISE = 1e-10;

  private final Anatomy anatomy;
  private final Profile profile;
  private final ErrorWeights weights;

  HarmPreparation(Anatomy anatomy, Profile profile, ErrorWeights weights) {
    this.anatomy = anatomy;
    this.profile = profile;
    this.weights = weights;
  }

  /** A feature map as layers with as many groups read it: group by group. */
  private record Reading(String featureMap, int groups) {}

  /**
   * One for each feature map with removable channels that a layer mixes; where grouped layers do,
   * one for each of their groups, since only the channels of a group stand in for each other.
   * Depthwise layers mix nothing: whatever mixes what they make judges the channels that they read.
   */
  List<FeatureMapHarm> all() {
    Map<Reading, List<Integer>> readers = new LinkedHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Optional<Kernels> kernels = anatomy.kernels(step);
      if (kernels.isPresent() && anatomy.weight(step, kernels.get().weight()).isPresent()) {
        String featureMap = anatomy.node(step).input(kernels.get().input());
        int groups = kernels.get().group();
        if (profile.featureMaps().contains(featureMap)
            && anatomy.groups().channels(featureMap).isPresent()
            && (groups == 1 || groups < profile.channels(featureMap))
            && weights.of(step).isPresent()) {
          readers
              .computeIfAbsent(new Reading(featureMap, groups), key -> new ArrayList<>())
              .add(step);
        }
      }
    }
    List<FeatureMapHarm> all = new ArrayList<>();
    readers.forEach((reading, steps) -> all.addAll(of(reading, steps)));
    return all;
  }

  /** The channel groups on which the profiled output does not depend, by id: free to go. */
  BitSet unused() {
    String profiled = profile.header().output();
    String output =
        anatomy.network().isOutput(profiled) ? profiled : anatomy.network().outputs().get(0).name();
    boolean[] needed = anatomy.program().needed(output);
    BitSet unused = new BitSet();
    for (ChannelGroup group : anatomy.groups().groups()) {
      unused.set(group.id(), group.kernels().stream().noneMatch(kernel -> needed[kernel.step()]));
    }
    return unused;
  }

  private List<FeatureMapHarm> of(Reading reading, List<Integer> readers) {
    Moments moments = profile.moments(reading.featureMap());
    int[] channels = anatomy.groups().channels(reading.featureMap()).orElseThrow().groups();
    int size = moments.channels() / reading.groups();
    return NativeScope.in(
        () -> {
          Tensor mean = Tensor.create(moments.sum()).div(new Scalar((double) moments.count()));
          Tensor square =
              Tensor.create(moments.cross())
                  .reshape(moments.channels(), moments.channels())
                  .div(new Scalar((double) moments.count()));
          Tensor own = square.sub(torch.outer(mean, mean));
          // What is constant costs nothing: biases make up for it.
          Tensor varies = own.diagonal().gt(square.diagonal().mul(new Scalar(NOISE)));
          Tensor both = torch.outer(varies, varies).to(ScalarType.Double);
          Tensor covariance = own.mul(both);
          Tensor gram = torch.zeros(moments.channels(), moments.channels()).to(ScalarType.Double);
          for (int step : readers) {
            gram = gram.add(gram(step, covariance));
          }
          gram = gram.mul(both);
          List<FeatureMapHarm> maps = new ArrayList<>();
          for (int from = 0; from < moments.channels(); from += size) {
            maps.add(
                new FeatureMapHarm(
                    Arrays.copyOfRange(channels, from, from + size),
                    rows(precision(block(covariance, from, size))),
                    rows(block(gram, from, size))));
          }
          return maps;
        });
  }

  private static Tensor precision(Tensor covariance) {
    double variance = covariance.diagonal().mean().item_double();
    double ridge = variance > 0 ? RIDGE * variance : 1;
    Tensor each = torch.ones(covariance.size(0)).to(ScalarType.Double).mul(new Scalar(ridge));
    return PositiveDefinite.of(covariance, each).inverse();
  }

  /** {@link ReaderGram}; over the variance of its output if weights are in no common unit. */
  private Tensor gram(int step, Tensor covariance) {
    Tensor gram = ReaderGram.of(anatomy, step, weights.of(step).orElseThrow());
    if (weights.inOneUnit()) {
      return gram;
    }
    double energy = gram.mul(covariance).sum().item_double();
    return energy > 0 ? gram.div(new Scalar(energy)) : gram.mul(new Scalar(0.0));
  }

  private static Tensor block(Tensor matrix, long from, long size) {
    return matrix.narrow(0, from, size).narrow(1, from, size);
  }

  private static double[][] rows(Tensor matrix) {
    int size = Math.toIntExact(matrix.size(0));
    double[] flat = TensorData.doubles(matrix);
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
    }
    return rows;
  }
}
