package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.Channels;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

  /** Importance of a reader's kernel that the chosen categories do not rely on at all. */
  private static final double LEAST_IMPORTANCE = 0.1;

  private final Anatomy anatomy;
  private final Profile profile;
  private final double[] relevance;
  private final Map<Integer, int[]> groupOfKernel = new HashMap<>();

  /**
   * @param relevance how much the chosen categories rely on each channel group, in [0, 1]: errors
   *     count as much as the kernel matters that they reach
   */
  HarmPreparation(Anatomy anatomy, Profile profile, double[] relevance) {
    this.anatomy = anatomy;
    this.profile = profile;
    this.relevance = relevance;
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        int[] groups =
            groupOfKernel.computeIfAbsent(kernel.step(), step -> unassigned(kernels(step)));
        groups[kernel.index()] = group.id();
      }
    }
  }

  private static int[] unassigned(int size) {
    int[] groups = new int[size];
    Arrays.fill(groups, Channels.FIXED);
    return groups;
  }

  private int kernels(int step) {
    String output = anatomy.step(step).node().outputs().get(0);
    return anatomy.groups().channels(output).map(c -> c.groups().length).orElseThrow();
  }

  /** One for each feature map with removable channels that ungrouped layers read. */
  List<FeatureMapHarm> all() {
    Map<String, List<Integer>> readers = new LinkedHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Optional<Kernels> kernels = anatomy.kernels(step).filter(layer -> layer.group() == 1);
      if (kernels.isPresent() && anatomy.weight(step, kernels.get().weight()).isPresent()) {
        String featureMap = anatomy.node(step).input(kernels.get().input());
        if (profile.featureMaps().contains(featureMap)
            && anatomy.groups().channels(featureMap).isPresent()) {
          readers.computeIfAbsent(featureMap, key -> new ArrayList<>()).add(step);
        }
      }
    }
    List<FeatureMapHarm> all = new ArrayList<>();
    readers.forEach((featureMap, steps) -> all.add(of(featureMap, steps)));
    return all;
  }

  private FeatureMapHarm of(String featureMap, List<Integer> readers) {
    Moments moments = profile.moments(featureMap);
    Channels channels = anatomy.groups().channels(featureMap).orElseThrow();
    return NativeScope.in(
        () -> {
          int size = moments.channels();
          Tensor mean = Tensor.create(moments.sum()).div(new Scalar((double) moments.count()));
          Tensor covariance =
              Tensor.create(moments.cross())
                  .reshape(size, size)
                  .div(new Scalar((double) moments.count()))
                  .sub(torch.outer(mean, mean));
          double variance = Math.max(covariance.diagonal().mean().item_double(), 1e-12);
          Tensor regular =
              covariance.add(
                  torch.eye(size).to(ScalarType.Double).mul(new Scalar(RIDGE * variance)));
          Tensor gram = torch.zeros(size, size).to(ScalarType.Double);
          for (int step : readers) {
            gram = gram.add(relativeGram(step, covariance));
          }
          return new FeatureMapHarm(channels.groups(), rows(torch.linalg_inv(regular)), rows(gram));
        });
  }

  /** W'W of one reader, its kernels weighed by importance, over the variance of its output. */
  private Tensor relativeGram(int step, Tensor covariance) {
    Kernels kernels = anatomy.kernels(step).orElseThrow();
    Weight weight = anatomy.weight(step, kernels.weight()).orElseThrow();
    Tensor byKernel =
        TensorData.of(weight)
            .to(ScalarType.Double)
            .movedim(new long[] {kernels.outAxis(), kernels.inAxis()}, 0, -1);
    Tensor matrix =
        byKernel
            .mul(
                Tensor.create(importance(step, Math.toIntExact(byKernel.size(0))))
                    .reshape(onesAfterFirst(byKernel)))
            .reshape(-1, byKernel.size(-1));
    Tensor gram = torch.matmul(matrix.t(), matrix);
    double energy = gram.mul(covariance).sum().item_double();
    return energy > 0 ? gram.div(new Scalar(energy)) : gram.mul(new Scalar(0.0));
  }

  private static long[] onesAfterFirst(Tensor tensor) {
    long[] shape = new long[(int) tensor.dim()];
    Arrays.fill(shape, 1);
    shape[0] = tensor.size(0);
    return shape;
  }

  private double[] importance(int step, int kernels) {
    double[] importance = new double[kernels];
    int[] groups = groupOfKernel.get(step);
    for (int k = 0; k < kernels; k++) {
      int group = groups == null ? Channels.FIXED : groups[k];
      importance[k] =
          group == Channels.FIXED
              ? 1
              : LEAST_IMPORTANCE + (1 - LEAST_IMPORTANCE) * relevance[group];
    }
    return importance;
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
