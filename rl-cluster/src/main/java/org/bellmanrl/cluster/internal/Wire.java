package org.bellmanrl.cluster.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.lab.cluster.JobDispatcher;

/**
 * What a worker and a dispatcher say to each other, and its bytes.
 *
 * <p>A message is a byte for its kind and its fields, big-endian: strings as {@link
 * DataOutputStream#writeUTF} writes them, so at most 64 KiB; byte arrays with their length in
 * front, at most {@link JobDispatcher#MOST_BYTES}. An array grows as its bytes arrive: a length
 * that is only claimed takes no memory. Nothing is instantiated by name, and no class comes over
 * the network.
 */
@SuppressWarnings("ArrayRecordComponent") // the reader owns the bytes
final class Wire {
  /** The first line that each side sends; the number changes with the messages. */
  static final String GREETING = "bellman-cluster 2";

  /** What a dispatcher proves that it is; part of the protocol. */
  static final String DISPATCHER = "dealer";

  private static final int MOST_ENTRIES = 1000;

  private Wire() {}

  /** A message. */
  sealed interface Message {}

  /** Dispatcher: prove that you know the secret, over this nonce. */
  record Challenge(byte[] nonce) implements Message {}

  /**
   * Worker: who it is.
   *
   * @param name of the worker, for people
   * @param node where its node is a member, {@code HOST:PORT}
   * @param cores how many jobs it does at a time; 0 for a visitor, who only wants {@link Status}
   * @param facts what its results depend on
   * @param proof of the secret, over the dispatcher's nonce
   * @param nonce for the dispatcher's own proof
   */
  record Hello(
      String name, String node, int cores, Map<String, String> facts, byte[] proof, byte[] nonce)
      implements Message {}

  /** Dispatcher: the worker is taken; proof of the secret, over the worker's nonce. */
  record Welcome(byte[] proof) implements Message {}

  /** Dispatcher: why the worker is not taken. */
  record Refusal(String reason) implements Message {}

  /** Dispatcher, to a visitor: what its workers are doing, a line each. */
  record Status(List<String> lines) implements Message {}

  /** Dispatcher: what coming jobs have in common. */
  record StageBytes(long stage, byte[] bytes) implements Message {}

  /** Dispatcher: do this. */
  record JobBytes(long job, long stage, byte[] bytes) implements Message {}

  /** Dispatcher: come to a stop with this job. */
  record Stop(long job) implements Message {}

  /** Worker: something about a job that is going on. */
  record Report(long job, byte[] bytes) implements Message {}

  /** Worker: a job is done. */
  record Result(long job, byte[] bytes) implements Message {}

  /** Worker: a job can't be done, by any worker. */
  record Failure(long job, String reason) implements Message {}

  /** Worker: a job can't be done by this worker. */
  record Unfit(long job, String reason) implements Message {}

  /** Worker: no more jobs, please. */
  record Leaving() implements Message {}

  /** Worker: send a part of a file. */
  record Fetch(String sha256, long offset) implements Message {}

  /**
   * Dispatcher: a part of a file.
   *
   * @param proof of the secret, over the worker's nonce and the file's check sum: who gets between
   *     the two after the handshake can't have another file run
   * @param bytes at most {@link JobDispatcher#MOST_PART_BYTES}; none at the end of the file
   */
  record FilePart(String sha256, long offset, byte[] proof, byte[] bytes) implements Message {}

  /** Dispatcher: the file is not offered. */
  record NoFile(String sha256, long offset) implements Message {}

  static void write(DataOutputStream out, Message message) throws IOException {
    switch (message) {
      case Challenge(byte[] nonce) -> {
        out.writeByte(1);
        bytes(out, nonce);
      }
      case Hello hello -> {
        out.writeByte(2);
        out.writeUTF(hello.name);
        out.writeUTF(hello.node);
        out.writeInt(hello.cores);
        out.writeInt(hello.facts.size());
        for (Map.Entry<String, String> fact : hello.facts.entrySet()) {
          out.writeUTF(fact.getKey());
          out.writeUTF(fact.getValue());
        }
        bytes(out, hello.proof);
        bytes(out, hello.nonce);
      }
      case Welcome(byte[] proof) -> {
        out.writeByte(3);
        bytes(out, proof);
      }
      case Refusal(String reason) -> {
        out.writeByte(4);
        out.writeUTF(reason);
      }
      case Status(List<String> lines) -> {
        out.writeByte(5);
        out.writeInt(lines.size());
        for (String line : lines) {
          out.writeUTF(line);
        }
      }
      case StageBytes(long stage, byte[] content) -> {
        out.writeByte(6);
        out.writeLong(stage);
        bytes(out, content);
      }
      case JobBytes(long job, long stage, byte[] content) -> {
        out.writeByte(7);
        out.writeLong(job);
        out.writeLong(stage);
        bytes(out, content);
      }
      case Stop(long job) -> {
        out.writeByte(8);
        out.writeLong(job);
      }
      case Report(long job, byte[] content) -> {
        out.writeByte(9);
        out.writeLong(job);
        bytes(out, content);
      }
      case Result(long job, byte[] content) -> {
        out.writeByte(10);
        out.writeLong(job);
        bytes(out, content);
      }
      case Failure(long job, String reason) -> {
        out.writeByte(11);
        out.writeLong(job);
        out.writeUTF(reason);
      }
      case Unfit(long job, String reason) -> {
        out.writeByte(12);
        out.writeLong(job);
        out.writeUTF(reason);
      }
      case Leaving() -> out.writeByte(13);
      case Fetch(String sha256, long offset) -> {
        out.writeByte(14);
        out.writeUTF(sha256);
        out.writeLong(offset);
      }
      case FilePart(String sha256, long offset, byte[] proof, byte[] content) -> {
        out.writeByte(15);
        out.writeUTF(sha256);
        out.writeLong(offset);
        bytes(out, proof);
        bytes(out, content);
      }
      case NoFile(String sha256, long offset) -> {
        out.writeByte(16);
        out.writeUTF(sha256);
        out.writeLong(offset);
      }
    }
  }

  /**
   * Reads a message.
   *
   * @throws IOException if the stream ends, or holds something else
   */
  static Message read(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case 1 -> new Challenge(bytes(in));
      case 2 ->
          new Hello(in.readUTF(), in.readUTF(), in.readInt(), facts(in), bytes(in), bytes(in));
      case 3 -> new Welcome(bytes(in));
      case 4 -> new Refusal(in.readUTF());
      case 5 -> new Status(lines(in));
      case 6 -> new StageBytes(in.readLong(), bytes(in));
      case 7 -> new JobBytes(in.readLong(), in.readLong(), bytes(in));
      case 8 -> new Stop(in.readLong());
      case 9 -> new Report(in.readLong(), bytes(in));
      case 10 -> new Result(in.readLong(), bytes(in));
      case 11 -> new Failure(in.readLong(), in.readUTF());
      case 12 -> new Unfit(in.readLong(), in.readUTF());
      case 13 -> new Leaving();
      case 14 -> new Fetch(in.readUTF(), in.readLong());
      case 15 ->
          new FilePart(
              in.readUTF(), in.readLong(), bytes(in), bytes(in, JobDispatcher.MOST_PART_BYTES));
      case 16 -> new NoFile(in.readUTF(), in.readLong());
      default -> throw new IOException("a message of unknown kind " + kind);
    };
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return bytes(in, JobDispatcher.MOST_BYTES);
  }

  private static byte[] bytes(DataInputStream in, int most) throws IOException {
    int length = count(in, most);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the connection ended in the middle of a message");
    }
    return bytes;
  }

  private static Map<String, String> facts(DataInputStream in) throws IOException {
    int count = count(in, MOST_ENTRIES);
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      facts.put(in.readUTF(), in.readUTF());
    }
    return facts;
  }

  private static List<String> lines(DataInputStream in) throws IOException {
    int count = count(in, MOST_ENTRIES);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(in.readUTF());
    }
    return lines;
  }

  private static int count(DataInputStream in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("a length of %d, expected one in [0, %d]".formatted(count, most));
    }
    return count;
  }
}
