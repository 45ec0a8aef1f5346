package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.deep.network.Workspace.Use;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two networks whose first layers run once, beside the same networks each for itself. */
class SharedLayersTest {
  private static final int ROWS = 5;
  private static final InputSpec PICTURE = InputSpec.of(Box.bytes(255, 6, 6, 2));
  private static final LayerSpec CONVOLUTION =
      new Convolution2d(3, 3, 1, 0, Activation.RELU, new Initialisation.FanIn());
  private static final LayerSpec DENSE = new Dense(7, Activation.TANH);

  /** Layers up to the dense one. */
  private static final int SHARED = 3;

  private final Network policy = network(new Dense(4, Activation.NONE));
  private final Network value =
      network(new Dense(6, Activation.TANH), new Dense(1, Activation.NONE));

  private final RandomStream random = RandomStream.ofSeed(3);
  private final byte[] pixels = new byte[ROWS * PICTURE.size()];
  private int shared;

  private static Network network(LayerSpec... head) {
    NetworkSpec trunk = NetworkSpec.of(PICTURE, CONVOLUTION, new Flatten(), DENSE);
    return Network.create(trunk.followedBy(head), RandomStream.ofSeed(1));
  }

  @BeforeEach
  void fill() {
    shared =
        policy.blocks().stream()
            .filter(block -> block.layer() >= SHARED)
            .findFirst()
            .orElseThrow()
            .offset();
    System.arraycopy(policy.parameters(), 0, value.parameters(), 0, shared);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.integers(256);
    }
  }

  @Test
  void forwardAndBackward_equalThoseOfTheNetworksApart() {
    Workspace policyApart = policy.workspace(ROWS, Use.TRAINING);
    Workspace valueApart = value.workspace(ROWS, Use.TRAINING);
    Workspace trunk = policy.workspace(ROWS, Use.TRAINING);
    Workspace behind = value.workspaceBehind(trunk, SHARED);
    float[] policyOutputs = new float[ROWS * trunk.outputStride()];
    float[] valueOutputs = new float[ROWS * behind.outputStride()];
    random.fillRandom(policyOutputs, 0, policyOutputs.length);
    random.fillRandom(valueOutputs, 0, valueOutputs.length);
    float[] ofPolicy = policy.newVector();
    float[] ofValue = value.newVector();
    float[] joined = policy.newVector();
    float[] tail = value.newVector();

    // Twice, because what a backward pass leaves for the next one must be taken once.
    for (int pass = 0; pass < 2; pass++) {
      pass(policy, policyApart, policyOutputs, ofPolicy);
      pass(value, valueApart, valueOutputs, ofValue);

      System.arraycopy(pixels, 0, trunk.pixels(), 0, pixels.length);
      policy.forward(trunk, ROWS);
      value.forward(behind, ROWS);
      assertThat(trunk.outputs()).isEqualTo(policyApart.outputs());
      assertThat(behind.outputs()).isEqualTo(valueApart.outputs());
      write(value, behind, valueOutputs, tail);
      write(policy, trunk, policyOutputs, joined);
    }

    assertThat(Arrays.copyOf(tail, shared)).containsOnly(0f);
    assertThat(behind(tail)).isEqualTo(behind(ofValue));
    assertThat(behind(joined)).isEqualTo(behind(ofPolicy));
    boolean both = false;
    for (int i = 0; i < shared; i++) {
      assertThat(joined[i]).isCloseTo(ofPolicy[i] + ofValue[i], within(1e-5f));
      both |= ofPolicy[i] != 0 && ofValue[i] != 0;
    }
    assertThat(both).isTrue();
  }

  @Test
  void backward_ofThePolicyAlone_knowsNothingOfTheValues() {
    Workspace apart = policy.workspace(ROWS, Use.TRAINING);
    Workspace trunk = policy.workspace(ROWS, Use.TRAINING);
    value.workspaceBehind(trunk, SHARED);
    float[] outputs = new float[ROWS * trunk.outputStride()];
    random.fillRandom(outputs, 0, outputs.length);
    float[] expected = policy.newVector();
    float[] gradients = policy.newVector();

    pass(policy, apart, outputs, expected);
    pass(policy, trunk, outputs, gradients);

    assertThat(gradients).isEqualTo(expected);
  }

  @Test
  void workspaceBehind_otherLayersOrNone_isRefused() {
    Workspace trunk = policy.workspace(ROWS, Use.TRAINING);
    for (int layers : new int[] {0, 4, 5, 9}) {
      assertThatThrownBy(() -> value.workspaceBehind(trunk, layers))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the first " + layers + " layers must be those of");
    }
    Network recurrent = network(new Gru(3), new Dense(1, Activation.NONE));
    assertThatThrownBy(() -> recurrent.workspaceBehind(trunk, SHARED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recurrent");
  }

  @Test
  void forward_ofOtherRowsThanInFront_isRefused() {
    Workspace trunk = policy.workspace(ROWS, Use.TRAINING);
    Workspace behind = value.workspaceBehind(trunk, SHARED);
    policy.forward(trunk, 2);
    assertThatThrownBy(() -> value.forward(behind, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 rows");
  }

  private void pass(Network network, Workspace workspace, float[] outputs, float[] gradients) {
    System.arraycopy(pixels, 0, workspace.pixels(), 0, pixels.length);
    network.forward(workspace, ROWS);
    write(network, workspace, outputs, gradients);
  }

  private static void write(
      Network network, Workspace workspace, float[] outputs, float[] gradients) {
    for (int row = 0; row < ROWS; row++) {
      int at = row * workspace.outputStride();
      System.arraycopy(outputs, at, workspace.outputGradients(), at, network.outputSize());
    }
    network.backward(workspace, ROWS, gradients);
  }

  private float[] behind(float[] vector) {
    return Arrays.copyOfRange(vector, shared, vector.length);
  }
}
