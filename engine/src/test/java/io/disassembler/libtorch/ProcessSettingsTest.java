package io.disassembler.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Native;
import io.disassembler.engine.Engine;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.testing.ChildJava;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What libgomp and glibc themselves say of their settings, in Java machines of their own. */
@EnabledOnOs(OS.LINUX)
class ProcessSettingsTest {
  /** More than Java itself has in such blocks, and less than a heap of glibc's can hold. */
  private static final long LARGE = 40L << 20;

  /** How a program may come to libtorch first. */
  enum Entry {
    ENGINE {
      @Override
      void pass() {
        Network network =
            new Network.Builder("empty")
                .opset("", 17)
                .input(new Value("x", ElementType.FLOAT, List.of()))
                .output(new Value("x", ElementType.FLOAT, List.of()))
                .build();
        Engine.of(Program.parse(network)).close();
      }
    },
    SCOPE {
      @Override
      void pass() {
        NativeScope.run(() -> torch.ones(1));
      }
    },
    TENSOR {
      @Override
      void pass() {
        TensorData.of(Weight.ofFloats("w", Shape.of(1), 1)).close();
      }
    };

    abstract void pass();
  }

  @ParameterizedTest
  @EnumSource
  void threadsSleepAndBlocksStayInTheHeap(Entry entry) throws Exception {
    String said = said(entry, Map.of());

    assertThat(said).contains("OMP_WAIT_POLICY = 'PASSIVE'");
    assertThat(mapped(said)).isLessThan(LARGE);
  }

  @Test
  void whatTheUserSetStays() throws Exception {
    String said =
        said(Entry.ENGINE, Map.of("OMP_WAIT_POLICY", "ACTIVE", "MALLOC_MMAP_MAX_", "65536"));

    assertThat(said).contains("OMP_WAIT_POLICY = 'ACTIVE'");
    assertThat(mapped(said)).isGreaterThanOrEqualTo(LARGE);
  }

  @Test
  void tunablesOfTheUserStay() throws Exception {
    String said = said(Entry.ENGINE, Map.of("GLIBC_TUNABLES", "glibc.malloc.mmap_max=65536"));

    assertThat(mapped(said)).isGreaterThanOrEqualTo(LARGE);
  }

  /** Most bytes that were in blocks with mappings of their own, as malloc_stats has it. */
  private static long mapped(String said) {
    Matcher matcher = Pattern.compile("max mmap bytes\\s*=\\s*(\\d+)").matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String said(Entry entry, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder program =
        ChildJava.program(List.of(), Settled.class.getName(), entry.name())
            .redirectErrorStream(true);
    program.environment().keySet().removeIf(key -> key.matches("(MALLOC|OMP|GOMP|GLIBC)_.*"));
    program.environment().put("OMP_DISPLAY_ENV", "TRUE");
    program.environment().putAll(environment);
    Process process = program.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** Of glibc. */
  public interface Statistics extends Library {
    void malloc_stats();
  }

  /** Comes to libtorch, makes large tensors, and lets glibc say how. */
  static final class Settled {
    public static void main(String[] arguments) {
      Entry.valueOf(arguments[0]).pass();
      // A heap has room for one beforehand, but not for two.
      NativeScope.run(
          () -> {
            for (int i = 0; i < 2; i++) {
              torch.empty(LARGE / Float.BYTES);
            }
          });
      Native.load(Statistics.class).malloc_stats();
    }
  }
}
