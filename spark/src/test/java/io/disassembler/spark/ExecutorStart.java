package io.disassembler.spark;

import io.disassembler.base.InvalidInputException;
import io.disassembler.testing.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** What an executor does when its first shard comes, in a Java machine of its own. */
final class ExecutorStart {
  private ExecutorStart() {}

  public static void main(String[] arguments) throws IOException {
    SentNetworks networks =
        new SentNetworks(
            List.of("street.onnx"),
            List.of("street"),
            "categories: [a, b, c, d, e, f, g, h, i, j]\n",
            48,
            64,
            "logits",
            Map.of());
    List<byte[]> files = List.of(Files.readAllBytes(Bundled.network()));
    try {
      String done =
          ExecutorNetworks.with(networks, files, 1, opened -> "opened " + opened.full().file());
      System.out.println(done);
    } catch (InvalidInputException e) {
      System.out.println(e.getMessage());
    }
  }
}
