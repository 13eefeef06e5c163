package io.disassembler.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finished cells, one JSON object a line, on disk as soon as they are finished: a run that was
 * killed goes on where it was. An unfinished last line is dropped.
 */
final class ResultLog implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Path file;
  private final FileChannel channel;
  private final Map<String, CellResult> finished = new HashMap<>();

  private ResultLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the log, and makes it if there is none.
   *
   * @throws InvalidInputException if it cannot be read and written, holds something else, or
   *     another run writes to it
   */
  static ResultLog open(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        requireAlone(file, channel);
        ResultLog log = new ResultLog(file, channel);
        log.read();
        return log;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void requireAlone(Path file, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new InvalidInputException(
          file + ": another run is writing to it; name another output folder, or wait for it");
    }
  }

  /** The result with these settings, if it was found before. */
  Optional<CellResult> find(String settings) {
    return Optional.ofNullable(finished.get(settings));
  }

  /** Adds a result, whole or not at all. */
  void append(CellResult result) {
    try {
      ByteBuffer line =
          ByteBuffer.wrap(
              (JSON.writeValueAsString(result) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
      finished.put(result.settings(), result);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private void read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    int whole = bytes.position();
    while (whole > 0 && bytes.get(whole - 1) != '\n') {
      whole--;
    }
    String text = new String(bytes.array(), 0, whole, StandardCharsets.UTF_8);
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      CellResult result = parse(line, number);
      finished.put(result.settings(), result);
    }
    channel.truncate(whole);
    channel.position(whole);
  }

  private CellResult parse(String line, int number) {
    try {
      return JSON.readValue(line, CellResult.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: line %d is no result of a comparison; name another output folder, or remove the file"
              .formatted(file, number),
          e);
    }
  }

  private static InvalidInputException unusable(Path file, IOException e) {
    return new InvalidInputException(
        "%s: cannot be read and written (%s)".formatted(file, e.getClass().getSimpleName()), e);
  }

  /** Lets other runs write to the file. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }
}
