package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.cli.Invocation;
import io.disassembler.cli.Scenes;
import io.disassembler.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileUntilTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void saysWhatItStoppedOn() throws IOException {
    Scenes scenes = Scenes.in(folder);
    Object[] command = {
      "profile", scenes.model(), "--images", scenes.images(), "--output", scenes.file("p.h5")
    };
    Object[] stable = Invocation.join(command, "--until", "stable");
    Invocation refused = Invocation.of(Invocation.join(stable, "--resume"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("leave --resume out");
    assertThat(Invocation.of(Invocation.join(command, "--until", "forever")).code()).isEqualTo(2);
    assertThat(Invocation.succeed(stable).out())
        .contains("6 of 6 images profiled, 0 more looked at")
        .contains("not known to be enough for car (6 images), tree (6 images), road (6 images)");
    assertThat(ProfileFile.read(scenes.file("p.h5")).images()).hasSize(Scenes.IMAGES);
  }
}
