package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes, and other runs in this one, from writing to a folder. The lock of a
 * process that was killed keeps nobody out, although its file is still there.
 *
 * <p>On POSIX systems a process loses its lock on a file as soon as it closes any channel to that
 * file. So this process opens the file of a lock that it holds in no other way.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the lock's file. */
  public static final String NAME = "run.lock";

  /** The locks that this process holds. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @throws UserError if another run holds it, or it can't be written
   */
  public static FolderLock of(Path folder) {
    Path file = file(folder);
    if (!HELD.add(file)) {
      throw held(folder);
    }
    boolean taken = false;
    try {
      FolderLock lock = take(folder, file);
      taken = true;
      return lock;
    } catch (IOException e) {
      throw new UserError("cannot lock " + file + ": " + AtomicFiles.reason(e), e);
    } finally {
      if (!taken) {
        HELD.remove(file);
      }
    }
  }

  private static Path file(Path folder) {
    return folder.resolve(NAME).toAbsolutePath().normalize();
  }

  private static UserError held(Path folder) {
    return new UserError(
        "another run is writing to " + folder + "; wait for it to end, or stop it first");
  }

  private static FolderLock take(Path folder, Path file) throws IOException {
    String owner = ProcessHandle.current().pid() + " " + System.nanoTime();
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FolderLock lock = new FolderLock(file, channel);
      try {
        FileLock first = lock.take();
        if (first == null) {
          throw held(folder);
        }
        channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
        // The former owner may have removed the file between our opening and our locking it: then
        // the lock is that of a file that nobody else will open. To look costs the lock.
        boolean current = Files.exists(file) && Files.readString(file).equals(owner);
        if (current) {
          first.release();
          if (lock.take() == null) {
            throw held(folder);
          }
          return lock;
        }
        channel.close();
      } catch (NoSuchFileException e) {
        channel.close();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** The locked byte lies far behind the content, which others can so read on every system. */
  private @Nullable FileLock take() throws IOException {
    return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
  }

  /** Whether a run holds the lock of a folder. */
  static boolean isHeld(Path folder) {
    Path file = file(folder);
    if (HELD.contains(file)) {
      return true;
    }
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        lock.release();
      }
      return lock == null;
    } catch (IOException e) {
      // It was removed this moment, or belongs to another user: then no run of ours holds it.
      return false;
    }
  }

  /** Releases the lock and removes its file; again does nothing. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(file);
    }
  }
}
