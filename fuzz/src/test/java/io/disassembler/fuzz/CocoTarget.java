package io.disassembler.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.data.Cards;
import io.disassembler.data.DataSet;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import io.disassembler.data.layout.DataSets;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** COCO's annotations: the data set is listed, and every image and mask of it is loaded. */
final class CocoTarget implements Target {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Size SIZE = new Size(16, 16);

  private static final String OUTLINES =
      """
      {"images": [{"id": 1, "file_name": "0.png", "height": 16, "width": 16},
                  {"id": 2, "file_name": "1.png", "height": 16, "width": 16}],
       "annotations": [
         {"id": 1, "image_id": 1, "category_id": 1, "area": 60, "iscrowd": 0, "bbox": [1, 1, 8, 8],
          "segmentation": [[1, 1, 9, 1, 9, 9, 1, 9], [10, 10, 12, 10, 12, 12]]},
         {"id": 2, "image_id": 1, "category_id": 7, "area": 20, "iscrowd": 1, "bbox": [0, 0, 4, 4],
          "segmentation": {"size": [16, 16], "counts": [100, 20, 136]}},
         {"id": 3, "image_id": 2, "category_id": 7, "area": 20, "iscrowd": 1, "bbox": [0, 0, 4, 4],
          "segmentation": {"size": [16, 16], "counts": "T3d0X4"}},
         {"id": 4, "image_id": 2, "category_id": 1, "area": 9, "iscrowd": 0, "bbox": [0, 0, 4, 4],
          "segmentation": [[0, 0, 3.5, 0, 3.5, 3.5]]}],
       "categories": [{"id": 1, "name": "car"}, {"id": 7, "name": "person"}]}
      """;

  private final Bench bench;

  CocoTarget(Bench bench) {
    this.bench = bench;
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>(List.of(OUTLINES.getBytes(StandardCharsets.UTF_8)));
    for (String name : new String[] {"coco-abs", "coco-hugeimg"}) {
      Optional<Path> annotations =
          Shared.optional("cases/" + name + "/annotations/instances_s.json");
      if (annotations.isPresent()) {
        seeds.add(Files.readAllBytes(annotations.get()));
      }
    }
    return seeds;
  }

  @Override
  public byte[] mutant(byte[] seed, RandomGenerator random) throws IOException {
    return random.nextInt(4) == 0
        ? Damage.of(seed, random)
        : JSON.writeValueAsBytes(JsonMutator.mutant(JSON.readTree(seed), random));
  }

  @Override
  public void use(Path file) throws IOException {
    Path folder = bench.folder();
    Path annotations = Files.createDirectories(folder.resolve("annotations"));
    Files.copy(
        file, annotations.resolve("instances_images.json"), StandardCopyOption.REPLACE_EXISTING);
    DataSet set = DataSets.open("coco:" + folder + ":images", null);
    Legend legend = Objects.requireNonNull(set.legend());
    NetworkCard card = Cards.resolve(file, null, Map.of(), legend.categories().size(), legend);
    try (ImageLoader images = new ImageLoader(set.samples(), new Preprocessor(card, SIZE), true)) {
      while (images.hasNext()) {
        images.next();
      }
    }
  }
}
