package io.disassembler.fuzz;

import io.disassembler.data.ImageLoader;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Volumes of NIfTI, plain or compressed: patches of one are loaded, as image and as its mask. */
final class NiftiTarget implements Target {
  private static final int HEADER = 352;
  private static final Size PATCH = new Size(3, 4, 5);
  private static final int PATCHES = 8;
  private static final NetworkCard CARD = NetworkCard.unnamed(2);

  /** Where numbers of two bytes are: number of axes, extents, type, bits. */
  private static final List<Integer> SHORTS = List.of(40, 42, 44, 46, 48, 50, 70, 72);

  /** Where numbers of four bytes are: length of the header, offset, slope, intercept. */
  private static final List<Integer> FLOATS = List.of(0, 108, 112, 116);

  private static final List<Integer> TYPES = List.of(2, 4, 8, 16, 64, 256, 512, 768, 1024, 2048);

  private final Bench bench;

  NiftiTarget(Bench bench) {
    this.bench = bench;
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        volume(ByteOrder.LITTLE_ENDIAN, 2, 1, 6, 5, 4),
        volume(ByteOrder.BIG_ENDIAN, 4, 2, 6, 5, 4, 1),
        volume(ByteOrder.LITTLE_ENDIAN, 16, 4, 3, 2, 4, 1, 2),
        packed(volume(ByteOrder.LITTLE_ENDIAN, 2, 1, 12, 9, 8)));
  }

  private static byte[] volume(ByteOrder order, int type, int bytes, int... extents) {
    int count = 1;
    for (int extent : extents) {
      count *= extent;
    }
    ByteBuffer file = ByteBuffer.allocate(HEADER + count * bytes).order(order);
    file.putInt(0, 348);
    file.putShort(40, (short) extents.length);
    for (int axis = 0; axis < extents.length; axis++) {
      file.putShort(42 + 2 * axis, (short) extents[axis]);
    }
    file.putShort(70, (short) type);
    file.putShort(72, (short) (8 * bytes));
    file.putFloat(108, HEADER);
    file.put(344, "n+1\0".getBytes(StandardCharsets.ISO_8859_1));
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      int at = HEADER + i * bytes;
      int number = random.nextInt(2);
      switch (bytes) {
        case 1 -> file.put(at, (byte) number);
        case 2 -> file.putShort(at, (short) number);
        default -> file.putFloat(at, number);
      }
    }
    return file.array();
  }

  /** Mostly the header, which says what the rest means. */
  @Override
  public byte[] mutant(byte[] seed, RandomGenerator random) throws IOException {
    if (random.nextInt(3) == 0) {
      return Damage.of(seed, random);
    }
    byte[] plain = isPacked(seed) ? unpacked(seed) : seed.clone();
    ByteBuffer header =
        ByteBuffer.wrap(plain)
            .order(random.nextInt(8) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      switch (random.nextInt(4)) {
        case 0 -> header.putShort(70, Damage.pick(TYPES, random).shortValue());
        case 1 -> header.putFloat(Damage.pick(FLOATS, random), (float) Damage.real(random));
        default -> header.putShort(Damage.pick(SHORTS, random), (short) Damage.whole(random));
      }
    }
    return isPacked(seed) ? packed(plain) : plain;
  }

  @Override
  public void use(Path file) throws IOException {
    Path named = file;
    if (isPacked(Files.readAllBytes(file))) {
      named = bench.folder().resolve("packed.nii.gz");
      Files.copy(file, named, StandardCopyOption.REPLACE_EXISTING);
    }
    Preprocessor preprocessor = new Preprocessor(CARD.ofVolumes(1, PATCH, file.toString()), PATCH);
    List<Sample> patches = preprocessor.parts(List.of(new Sample("v", named, named)));
    // Every patch reads the whole file.
    List<Sample> some = patches.subList(0, Math.min(PATCHES, patches.size()));
    try (ImageLoader volumes = new ImageLoader(some, preprocessor, true)) {
      volumes.forEachRemaining(volume -> {});
    }
  }

  private static boolean isPacked(byte[] file) {
    return file.length > 1 && (file[0] & 0xff) == 0x1f && (file[1] & 0xff) == 0x8b;
  }

  private static byte[] packed(byte[] file) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(file);
    }
    return packed.toByteArray();
  }

  private static byte[] unpacked(byte[] file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      return in.readAllBytes();
    }
  }
}
