package io.disassembler.spark;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an executor does when its first shard comes: opens the bundled network, whose file is named.
 */
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
            "out",
            Map.of());
    List<byte[]> files = List.of(Files.readAllBytes(Path.of(arguments[0])));
    try {
      String done =
          ExecutorNetworks.with(networks, files, 1, opened -> "opened " + opened.full().file());
      System.out.println(done);
    } catch (InvalidInputException e) {
      System.out.println(e.getMessage());
    }
  }
}
