package io.disassembler.profile;

import static io.disassembler.profile.ProfileAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFileTest {
  private static final long SEED = 18;
  private static final int MUTANTS = 1500;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 150})
  void readsWhatItWrote(int images) {
    Path file = folder.resolve("unet.profile.h5");
    Profile profile = Profiles.of(1, images);
    ProfileFile.write(profile, file);
    assertSame(ProfileFile.read(file), profile, 0);
  }

  @Test
  void saysWhichCategoriesWereProfiledWhereNotAllWere() {
    Path file = folder.resolve("some.h5");
    Profile some =
        new ProfileAccumulator(Profiles.header().ofOnly(List.of(2, 0)), Profiles.MAPS).toProfile();
    ProfileFile.write(some, file);
    assertSame(ProfileFile.read(file), some, 0);
    assertThat(ProfileFile.read(file).header().profiledNames()).containsExactly("sky", "car");
    try (HdfFile hdf = new HdfFile(file)) {
      assertThat(hdf.getDatasetByPath("categories/profiled").getData())
          .isEqualTo(new int[] {1, 0, 1});
    }
    ProfileFile.write(Profiles.of(1, 2), file);
    try (HdfFile hdf = new HdfFile(file)) {
      assertThat(((Group) hdf.getChild("categories")).getChildren()).doesNotContainKey("profiled");
    }
  }

  @Test
  void whatWasReadMergesFurther() {
    Path file = folder.resolve("half.h5");
    ProfileFile.write(Profiles.of(1, 70), file);
    assertSame(ProfileFile.read(file).merge(Profiles.of(71, 150)), Profiles.of(1, 150), 1e-12);
  }

  @Test
  void holdsManyFeatureMaps() {
    List<FeatureMap> maps = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      maps.add(new FeatureMap("value" + i, 1, 1 + i % 3));
    }
    Path file = folder.resolve("deep.h5");
    Profile profile = new ProfileAccumulator(Profiles.header(), maps).toProfile();
    ProfileFile.write(profile, file);
    assertSame(ProfileFile.read(file), profile, 0);
  }

  @Test
  void replacesAnOlderFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("p.h5");
    ProfileFile.write(Profiles.of(1, 9), file);
    ProfileFile.write(Profiles.of(1, 3), file);
    assertThat(ProfileFile.read(file).images()).hasSize(3);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysUnitsAndShapesInTheFile() {
    Path file = folder.resolve("p.h5");
    ProfileFile.write(Profiles.of(1, 2), file);
    try (HdfFile hdf = new HdfFile(file)) {
      assertThat(hdf.getAttribute("model_sha256").getData()).isEqualTo("ab12");
      assertThat(hdf.getByPath("feature_maps/0001").getAttribute("name").getData())
          .isEqualTo("größe");
      assertThat(hdf.getDatasetByPath("feature_maps/0001/cross").getDimensions())
          .containsExactly(5, 5);
      assertThat(hdf.getByPath("feature_maps/0001/cross").getAttribute("unit").getData())
          .isEqualTo("activation^2");
      assertThat(hdf.getDatasetByPath("feature_maps/0001/forward").getJavaType())
          .isEqualTo(double.class);
    }
  }

  @Test
  void refusesWhatIsNoHdf5File() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.h5"), "notes about profiles".repeat(99));
    assertRefused(file, "expected an HDF5 file");
    assertRefused(Files.createFile(folder.resolve("empty.h5")), "expected an HDF5 file");
    assertRefused(folder.resolve("missing.h5"), "there is no such profile");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    Path file = folder.resolve("p.h5");
    ProfileFile.write(Profiles.of(1, 150), file);
    byte[] bytes = Files.readAllBytes(file);
    for (double part : new double[] {0.01, 0.2, 0.5, 0.9, 0.999}) {
      Path cut =
          Files.write(folder.resolve("cut.h5"), Arrays.copyOf(bytes, (int) (part * bytes.length)));
      assertRefused(cut, "truncated");
    }
  }

  /** Whatever byte of a file changes: it is refused, or was of no account. */
  @Test
  void damageIsNeverTakenForNumbers() throws IOException {
    Path file = folder.resolve("p.h5");
    Profile profile = Profiles.of(1, 20);
    ProfileFile.write(profile, file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(SEED);
    int refused = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] bytes = whole.clone();
      for (int hit = 0; hit <= mutant % 3; hit++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(file, bytes);
      try {
        assertSame(ProfileFile.read(file), profile, 0);
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageContaining(file.toString());
        refused++;
      }
    }
    assertThat(refused).as("seed " + SEED).isGreaterThan(MUTANTS / 4);
  }

  @Test
  void refusesAnotherHdf5File() {
    Path file = folder.resolve("weights.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("weights", new double[] {1, 2});
    }
    assertRefused(file, "not one that profiling wrote");
  }

  @Test
  void refusesAnotherFormatVersion() {
    Path file = folder.resolve("future.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("format", ProfileFormat.NAME);
      hdf.putAttribute("format_version", 99);
    }
    assertRefused(file, "expected profile format version 5, found 99");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    Path file = folder.resolve("missing/p.h5");
    assertThatThrownBy(() -> ProfileFile.write(Profiles.of(1, 1), file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("cannot be written");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ProfileFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }
}
