/*
 * Prints a row of rl-env-mujoco's table of struct offsets, org/bellmanrl/env/mujoco/internal/layouts.txt, for the version of
 * MuJoCo whose headers it is compiled with:
 *
 *   gcc -I .../site-packages/mujoco/include etc/mujoco-layout.c -o mujoco-layout && ./mujoco-layout
 *
 * With any argument it prints the table's header instead. The library is not linked.
 */
#include <stddef.h>
#include <stdio.h>

#include <mujoco/mujoco.h>

#define COLUMNS(NUMBER, MODEL, DATA)                                                           \
  NUMBER(version, mjVERSION_HEADER)                                                            \
  NUMBER(count_bytes, sizeof(((mjModel*)0)->nsite))                                            \
  NUMBER(state_ctrl, mjSTATE_CTRL)                                                             \
  NUMBER(state_integration, mjSTATE_INTEGRATION)                                               \
  MODEL(nsite) MODEL(nsensordata) MODEL(narena) MODEL(body_mass) MODEL(actuator_ctrlrange)     \
  MODEL(ngeom) MODEL(nmat) MODEL(geom_type) MODEL(geom_bodyid) MODEL(geom_matid)               \
  MODEL(geom_group) MODEL(geom_size) MODEL(geom_rgba) MODEL(mat_rgba)                          \
  DATA(xpos) DATA(xipos) DATA(site_xpos) DATA(cinert) DATA(cvel) DATA(qfrc_actuator)           \
  DATA(qfrc_constraint) DATA(cfrc_ext) DATA(sensordata) DATA(geom_xpos) DATA(geom_xmat)

#define NAME_NUMBER(name, value) printf("%s ", #name);
#define NAME_MODEL(field) printf("model.%s ", #field);
#define NAME_DATA(field) printf("data.%s ", #field);
#define VALUE_NUMBER(name, value) printf("%d ", (int)(value));
#define VALUE_MODEL(field) printf("%d ", (int)offsetof(mjModel, field));
#define VALUE_DATA(field) printf("%d ", (int)offsetof(mjData, field));

int main(int argc, char** argv) {
  if (argc > 1) {
    COLUMNS(NAME_NUMBER, NAME_MODEL, NAME_DATA)
  } else {
    COLUMNS(VALUE_NUMBER, VALUE_MODEL, VALUE_DATA)
  }
  printf("\n");
  return 0;
}
