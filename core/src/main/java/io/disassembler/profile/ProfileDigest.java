package io.disassembler.profile;

import io.disassembler.base.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Tells profiles apart by what they learned, whatever file they are in. */
final class ProfileDigest {
  private final MessageDigest digest;

  private ProfileDigest() {
    digest = Sha256.digest();
  }

  static String sha256(Profile profile) {
    ProfileDigest all = new ProfileDigest();
    all.add(profile.header().toString());
    profile.images().forEach(all::add);
    for (String map : profile.featureMaps()) {
      all.add(map);
      all.add(profile.moments(map).sum());
      all.add(profile.moments(map).cross());
      all.add(profile.moments(map).positive());
      for (int c = 0; c < profile.header().categories().size(); c++) {
        all.add(profile.category(c).forward(map));
        all.add(profile.category(c).backward(map));
        all.add(profile.category(c).taylor(map));
      }
    }
    return Sha256.hex(all.digest);
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private void add(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes);
  }
}
