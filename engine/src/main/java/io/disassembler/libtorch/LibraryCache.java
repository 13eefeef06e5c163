package io.disassembler.libtorch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of this host that JavaCPP unpacks libraries to. It locks the folder for each library
 * alone, and may write a library anew that another process has just loaded, which kills that
 * process (SIGBUS; <a href="https://github.com/bytedeco/javacpp/issues/608">JavaCPP's issue
 * 608</a>).
 */
final class LibraryCache {
  private static final Logger LOG = LoggerFactory.getLogger(LibraryCache.class);
  private static final String LOCK = ".disassembler.lock";

  private LibraryCache() {}

  /** Loads libraries while no other process of the host does. */
  static void alone(Runnable load) {
    try (FileChannel channel =
            FileChannel.open(
                Path.of(Loader.getCacheDir().getPath(), LOCK),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      LOG.debug("loading libraries, {}", lock);
      load.run();
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("no lock beside the libraries", e);
      load.run();
    }
  }
}
