package io.disassembler.cli.output;

import io.disassembler.ProgressListener;
import io.disassembler.base.Printable;
import io.disassembler.base.Setting;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A progress bar with the time left, on standard error where that is a terminal. */
public final class Progress implements AutoCloseable {
  /** Shows a bar for each task that it hears of, and logs warnings with their options. */
  public static final ProgressListener LISTENER = new Bars();

  /** Set by the launcher, which can tell; System.console() depends on Java's version. */
  private static final String TERMINAL = "disassembler.terminal";

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final Optional<ProgressBar> bar;

  /**
   * @param task what is being done
   * @param total number of steps
   */
  public Progress(String task, long total) {
    this(task, 0, total);
  }

  /**
   * @param task what is being done
   * @param done number of steps that were done earlier, which say nothing about the time left
   * @param total number of steps
   */
  public Progress(String task, long done, long total) {
    bar =
        !Boolean.getBoolean(TERMINAL)
            ? Optional.empty()
            : Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .startsFrom(done, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .build());
  }

  /** {@code done} of {@code total} steps are done. */
  public void update(long done, long total) {
    bar.ifPresent(
        shown -> {
          shown.maxHint(total);
          shown.stepTo(done);
        });
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  private static final class Bars implements ProgressListener {
    private String task = "";
    private @Nullable Progress shown;

    @Override
    public synchronized void progress(String heard, long done, long total) {
      if (shown != null && !task.equals(heard)) {
        end();
      }
      if (shown == null) {
        shown = new Progress(heard, done, total);
        task = heard;
      }
      shown.update(done, total);
      if (done >= total) {
        end();
      }
    }

    @Override
    public void warned(String message, Setting... settings) {
      LOG.warn(Printable.of(OptionWording.of(message, settings)));
    }

    private void end() {
      if (shown != null) {
        shown.close();
        shown = null;
      }
    }
  }
}
