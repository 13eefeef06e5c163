package io.disassembler.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.disassembler.SegmentationNetwork;
import io.disassembler.data.NetworkCard;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Cards: a network is opened with them, segments an image and is profiled. */
final class CardTarget implements Target {
  private static final ObjectMapper YAML = new YAMLMapper();

  private static final String FULL =
      """
      categories: [road, "car", person, 'tree']
      input: {color: BGR, scale: 1, mean: [103.9, 116.8, 123.7], std: [1, 1, 1], size: [16, 16], layout: NCHW}
      output: {layout: NCHW}
      masks: {ignore: [255, "#ffffff"], values: [[0], [1, 7], ["#ff0000"], []]}
      """;

  private final Bench bench;

  CardTarget(Bench bench) {
    this.bench = bench;
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(FULL.getBytes(StandardCharsets.UTF_8));
    seeds.add(
        NetworkCard.unnamed(SmallNetwork.CATEGORIES).toYaml().getBytes(StandardCharsets.UTF_8));
    Optional<Path> large = Shared.optional("cases/card-size.yaml");
    if (large.isPresent()) {
      seeds.add(Files.readAllBytes(large.get()));
    }
    return seeds;
  }

  @Override
  public byte[] mutant(byte[] seed, RandomGenerator random) throws IOException {
    return random.nextInt(3) == 0
        ? Damage.of(seed, random)
        : YAML.writeValueAsBytes(JsonMutator.mutant(YAML.readTree(seed), random));
  }

  @Override
  public void use(Path file) {
    try (SegmentationNetwork network =
        SegmentationNetwork.at(bench.network().file()).card(file).threads(1).open()) {
      NetworkCard card = network.card();
      NetworkCard.fromYaml(card.toYaml(), "what was written");
      network.profile(bench.images()).threshold(0.3).run();
      network.segment(bench.images().samples().get(0).image());
    }
  }
}
