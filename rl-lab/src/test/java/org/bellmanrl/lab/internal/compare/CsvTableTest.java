package org.bellmanrl.lab.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {
  private static final String TEXT = "episode,step,return\n1,10,-0.5\n2,25,\n3,31,1.25E-7\n";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("metrics.csv");
  }

  @Test
  void read_givesTheColumns() throws IOException {
    Files.writeString(file, TEXT);
    CsvTable table = CsvTable.read(file);
    assertThat(table.names()).containsExactly("episode", "step", "return");
    assertThat(table.column(file, "step")).containsExactly(10, 25, 31);
    assertThat(table.column(file, "return")).containsExactly(-0.5, Double.NaN, 1.25e-7);
    assertThatThrownBy(() -> table.column(file, "loss"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no column 'loss', it has episode, step, return");
  }

  @Test
  void read_ofManyRows_keepsThemAll() throws IOException {
    StringBuilder text = new StringBuilder("x\n");
    for (int i = 0; i < 5000; i++) {
      text.append(i).append('\n');
    }
    Files.writeString(file, text);
    double[] column = CsvTable.read(file).column(file, "x");
    assertThat(column).hasSize(5000);
    assertThat(column[4999]).isEqualTo(4999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a,b;1,2;3'| line 3: expected 2 cells",
        "'a,b;1,2,3'| line 2: expected 2 cells",
        "'a,b;1,two'| line 2: 'two' is not a number",
        "'a,a;1,2'| two columns 'a'",
        "''| an empty file",
      })
  void read_ofSomethingElse_namesFileAndLine(String text, String expected) throws IOException {
    Files.writeString(file, text.replace(';', '\n'));
    assertThatThrownBy(() -> CsvTable.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(expected);
  }

  @Test
  void read_ofDamagedFiles_givesNumbersOrOneError() throws IOException {
    byte[] whole = TEXT.getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(5);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length);
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, Arrays.copyOf(damaged, random.nextInt(whole.length + 1)));
      try {
        assertThat(CsvTable.read(file).names()).isNotEmpty();
      } catch (UserError e) {
        refused++;
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
    assertThat(refused).isBetween(1, 299);
  }
}
