package io.disassembler.profile;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.base.Replacement;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.exceptions.HdfException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Profiles as HDF5 files, which h5py, MATLAB and HDF5 viewers open. All numbers are sums over
 * images, so that files can be added up elsewhere too; {@code docs/profile.md} lists the contents.
 */
public final class ProfileFile {
  // HDF5 superblock of version 2, which jhdf writes, and 3: where it holds the file's length.
  private static final int SUPERBLOCK = 48;
  private static final int VERSION = 8;
  private static final int END_OF_FILE = 28;

  private ProfileFile() {}

  /**
   * Writes a profile, whole or not at all.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(Profile profile, Path file) {
    try (Replacement replacement = new Replacement(file)) {
      try (WritableHdfFile hdf = HdfFile.write(replacement.file())) {
        new ProfileWriter(hdf).write(profile);
      }
      replacement.commit();
    } catch (IOException | HdfException e) {
      throw new InvalidInputException(file + ": the profile cannot be written: " + reason(e), e);
    }
  }

  /** What the system said, such as that no space is left. */
  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  /**
   * Reads a profile.
   *
   * @throws InvalidInputException if the file is missing, no HDF5 file, no profile, of another
   *     format version, truncated or damaged
   */
  public static Profile read(Path file) {
    return read(file, ProfileReader::read);
  }

  /**
   * Reads of what and how a profile was made, and of which images, but not what was learned; damage
   * to the rest is not noticed.
   *
   * @throws InvalidInputException as {@link #read(Path)}
   */
  static ProfileOutline outline(Path file) {
    return read(file, ProfileReader::outline);
  }

  private static <T> T read(Path file, Function<ProfileReader, T> part) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file + ": there is no such profile");
    }
    try (HdfFile hdf = open(file)) {
      requireWhole(file);
      return part.apply(new ProfileReader(hdf, file));
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          file + ": the profile is truncated or damaged; profile the model again", e);
    }
  }

  /** Mapped where that is possible: what claims to go on beyond the file is then no allocation. */
  private static HdfFile open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.size() > Integer.MAX_VALUE
          ? new HdfFile(file)
          : HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw new InvalidInputException(file + ": the profile cannot be read: " + Reason.of(e), e);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          file + ": is no profile: expected an HDF5 file, found something else or a truncated one",
          e);
    }
  }

  /** jhdf reads a file whose end is missing as long as nothing asks for that part. */
  private static void requireWhole(Path file) throws IOException {
    ByteBuffer superblock = ByteBuffer.allocate(SUPERBLOCK).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      while (superblock.hasRemaining() && channel.read(superblock) >= 0) {}
      if (superblock.get(VERSION) >= 2 && superblock.getLong(END_OF_FILE) != channel.size()) {
        throw new EOFException(channel.size() + " bytes");
      }
    }
  }
}
